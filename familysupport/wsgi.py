import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familysupport.settings")
os.environ.setdefault("WEB", "1")
application = get_wsgi_application()
