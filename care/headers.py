"""Which headers an answer carries, by its kind: written down once, never put together."""

from django.conf import settings

# Everything a browser could be asked for: what Chromium knows, and what its documentation names.
FEATURES = (
    "accelerometer", "ambient-light-sensor", "aria-notify", "attribution-reporting", "autoplay",
    "bluetooth", "browsing-topics", "camera", "captured-surface-control", "ch-device-memory",
    "ch-downlink", "ch-dpr", "ch-ect", "ch-prefers-color-scheme", "ch-prefers-reduced-motion",
    "ch-prefers-reduced-transparency", "ch-rtt", "ch-save-data", "ch-ua", "ch-ua-arch",
    "ch-ua-bitness", "ch-ua-form-factors", "ch-ua-full-version", "ch-ua-full-version-list",
    "ch-ua-high-entropy-values", "ch-ua-mobile", "ch-ua-model", "ch-ua-platform",
    "ch-ua-platform-version", "ch-ua-wow64", "ch-viewport-height", "ch-viewport-width",
    "ch-width", "clipboard-read", "clipboard-write", "compute-pressure",
    "cross-origin-isolated", "deferred-fetch", "deferred-fetch-minimal",
    "digital-credentials-create", "digital-credentials-get", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map",
    "language-detector", "language-model", "local-fonts", "local-network",
    "local-network-access", "loopback-network", "magnetometer",
    "media-playback-while-not-visible", "microphone", "midi", "on-device-speech-recognition",
    "otp-credentials", "payment", "picture-in-picture", "private-state-token-issuance",
    "private-state-token-redemption", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection",
    "storage-access", "summarizer", "sync-xhr", "translator", "unload", "usb", "web-share",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip


def all_off(features):
    return ", ".join(f"{feature}=()" for feature in features)


NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action "
OWN_FILES = (
    f"{NOTHING}'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"

EVERYWHERE = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": all_off(FEATURES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def kind(policy, referrer="no-referrer"):
    return {**EVERYWHERE, "Content-Security-Policy": policy, "Referrer-Policy": referrer}


FILE = kind(f"{NOTHING}'none'{TRUSTED_TYPES}")
PAGE = kind(OWN_FILES + TRUSTED_TYPES)
# Under no-referrer Chromium sends `Origin: null` with a form, and Django refuses the form.
TOKEN_PAGE = kind(OWN_FILES + TRUSTED_TYPES, "same-origin")
# Its address holds a key, which not even our own files are asked with.
ORIGIN_ONLY = "strict-origin"
KEY_PAGE = kind(OWN_FILES + TRUSTED_TYPES, ORIGIN_ONLY)
# The scripts of the admin write HTML from texts, which trusted types forbid, and close their
# popups when a page is left.
ADMIN_PAGE = kind(OWN_FILES, "same-origin") | {
    "Permissions-Policy": all_off(feature for feature in FEATURES if feature != "unload")
}
# Django's own page about a fault, for who develops, carries its style inside.
FAULT_FOR_DEVELOPERS = EVERYWHERE | {"Referrer-Policy": "no-referrer"}


def headers_for(request, response):
    if not is_page(request, response):
        return FILE
    if settings.DEBUG and response.status_code in (404, 500):
        return FAULT_FOR_DEVELOPERS
    if response.headers.get("Referrer-Policy") == ORIGIN_ONLY:
        return KEY_PAGE
    if request.resolver_match and "admin" in request.resolver_match.app_names:
        return ADMIN_PAGE
    if settings.CSRF_COOKIE_NAME in response.cookies:
        return TOKEN_PAGE
    return PAGE


def is_page(request, response):
    """An answer without a type (a 304) speaks of what the browser holds under this address."""
    content_type = response.headers.get("Content-Type")
    if content_type is None:
        return not request.path.startswith(settings.STATIC_URL)
    return content_type.startswith("text/html")
