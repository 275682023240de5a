"""What Mozilla's HTTP Observatory would make of an answer, by its published rules.

The results, their points and the order of grades are those of "Tests & Scoring" in its
documentation and of src/grader/charts.js and src/analyzer/tests/ in mdn/mdn-http-observatory.
Redirection and CORS have no bonus, and are judged here by what a header can tell of them.
"""

from html.parser import HTMLParser

POINTS = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-not-implemented": -25,
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-not-found": 0,
    "cookies-anticsrf-without-samesite-flag": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-public-access": 0,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "sri-implemented-and-all-scripts-loaded-securely": 5,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-response-not-html": 0,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-and-external-scripts-not-loaded-securely": -50,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 0,
    "x-frame-options-not-implemented": -20,
    "cross-origin-resource-policy-implemented-with-same-origin": 10,
    "cross-origin-resource-policy-implemented-with-cross-origin": 0,
    "cross-origin-resource-policy-not-implemented": 0,
}
GRADES = (
    (100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"),
    (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F"),
)  # fmt: skip
ENOUGH_FOR_BONUSES = 90
SIX_MONTHS = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def judge(response) -> tuple[int, str, set[str]]:
    """Points, grade and results of an answer over HTTPS."""
    results = {test(response) for test in TESTS}
    points = [POINTS[result] for result in results]
    score = 100 + sum(number for number in points if number < 0)
    if score >= ENOUGH_FOR_BONUSES:
        score += sum(number for number in points if number > 0)
    score = max(score, 0)
    return score, next(grade for least, grade in GRADES if score >= least), results


def policy_of(response):
    directives = {}
    for directive in response.headers.get("Content-Security-Policy", "").split(";"):
        name, *sources = directive.lower().split() or [""]
        directives[name] = set(sources) or {"'none'"}
    directives.pop("", None)
    return directives


def content_security_policy(response):
    policy = policy_of(response)
    if not policy:
        return "csp-not-implemented"
    default = policy.get("default-src", {"*"})
    script, style = policy.get("script-src", default), policy.get("style-src", default)
    if script & (BROAD | INLINE) or policy.get("object-src", default) & BROAD:
        return "csp-implemented-with-unsafe-inline"
    if any(
        source.startswith(("http:", "ftp:")) for sources in policy.values() for source in sources
    ):
        return "csp-implemented-with-insecure-scheme"
    if "'unsafe-eval'" in script | style:
        return "csp-implemented-with-unsafe-eval"
    if style & (BROAD | INLINE):
        return "csp-implemented-with-unsafe-inline-in-style-src-only"
    if policy.get("default-src") == {"'none'"}:
        return "csp-implemented-with-no-unsafe-default-src-none"
    return "csp-implemented-with-no-unsafe"


def cookies(response):
    if not response.cookies:
        return "cookies-not-found"
    for name, cookie in response.cookies.items():
        if not cookie["secure"]:
            return "cookies-session-without-secure-flag"
        if "sess" in name and not cookie["httponly"]:
            return "cookies-session-without-httponly-flag"
        if not cookie["samesite"]:
            return "cookies-anticsrf-without-samesite-flag"
    return "cookies-secure-with-httponly-sessions-and-samesite"


def cross_origin_resource_sharing(response):
    if "Access-Control-Allow-Origin" in response.headers:
        return "cross-origin-resource-sharing-implemented-with-public-access"
    return "cross-origin-resource-sharing-not-implemented"


def referrer_policy(response):
    policy = response.headers.get("Referrer-Policy")
    if policy is None:
        return "referrer-policy-not-implemented"
    return "referrer-policy-private" if policy in PRIVATE else "referrer-policy-unsafe"


def strict_transport_security(response):
    header = response.headers.get("Strict-Transport-Security", "")
    ages = [part.strip()[8:] for part in header.split(";") if part.strip().startswith("max-age=")]
    if not ages:
        return "hsts-not-implemented"
    if int(ages[0]) < SIX_MONTHS:
        return "hsts-implemented-max-age-less-than-six-months"
    return "hsts-implemented-max-age-at-least-six-months"


class Scripts(HTMLParser):
    """The attributes of every script of a page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "script":
            self.found.append(dict(attributes))


def subresource_integrity(response):
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return "sri-not-implemented-response-not-html"
    scripts = Scripts(response.content.decode()).found
    if not scripts:
        return "sri-not-implemented-but-no-scripts-loaded"
    if any(script.get("src", "").startswith(("//", "http:", "https:")) for script in scripts):
        return "sri-not-implemented-and-external-scripts-not-loaded-securely"
    if any(script.get("integrity") for script in scripts):
        return "sri-implemented-and-all-scripts-loaded-securely"
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"


def content_type_options(response):
    if response.headers.get("X-Content-Type-Options") == "nosniff":
        return "x-content-type-options-nosniff"
    return "x-content-type-options-not-implemented"


def frame_options(response):
    if "frame-ancestors" in policy_of(response):
        return "x-frame-options-implemented-via-csp"
    if response.headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"}:
        return "x-frame-options-sameorigin-or-deny"
    return "x-frame-options-not-implemented"


def cross_origin_resource_policy(response):
    policy = response.headers.get("Cross-Origin-Resource-Policy")
    if policy is None:
        return "cross-origin-resource-policy-not-implemented"
    if policy == "cross-origin":
        return "cross-origin-resource-policy-implemented-with-cross-origin"
    return "cross-origin-resource-policy-implemented-with-same-origin"


TESTS = (
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    content_type_options,
    frame_options,
    cross_origin_resource_policy,
)
