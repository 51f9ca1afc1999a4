"""The gallery of components (demo mode only): each in each state, so that one look shows whether the face is whole."""
from django.conf import settings
from django.http import Http404
from django.shortcuts import render


def gallery(request):
    """Every component in every state."""
    if not settings.DEMO:
        raise Http404
    return render(request, "gallery/index.html", {})
