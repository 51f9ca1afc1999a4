"""Another language or print size in the middle of a form, without a script: the same page again, with everything that was typed.

The switches of such a page are buttons of its form (components/switches.html). What they send never reaches a view as something to
act on: it is answered as if the page had been asked for, and the forms show what was typed, unchecked. Nothing is kept anywhere.
"""
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from .preferences import language_of, remember, wished_display, wished_language

BUTTON = "switch"  # its value is a wish as the page of preferences takes it: "language=en", "elder=on"
NEVER_SHOWN = (forms.HiddenInput, forms.FileInput, forms.PasswordInput)


class Switches:
    """After the check of the form's own token, before any view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        wish = getattr(request, "wish", None)
        if wish:
            remember(request, response, wish)
        return response

    def process_view(self, request, view, args, kwargs):
        """From a press of a switch to a question for the page, in its new dress."""
        if request.method != "POST" or BUTTON not in request.POST or getattr(view, "csrf_exempt", False):
            return
        request.wish, request.typed = QueryDict(request.POST[BUTTON]), request.POST
        request.method, request.POST, request._files = "GET", QueryDict(), MultiValueDict()
        request.COOKIES |= wished_display(request, request.wish) | wished_language(request.wish)
        translation.activate(language_of(request))


def show_typed(values, typed) -> None:
    """Put what was typed into the forms among these values of a page; what is secret or a file has to be given again."""
    for value in values:
        if isinstance(value, forms.BaseForm):
            _fill(value, typed)
        elif isinstance(value, (list, tuple)):
            show_typed(value, typed)


def _fill(form, typed):
    if not any(form.add_prefix(name) in typed for name in form.fields):
        return  # another form of the same page
    form.is_bound, form.data, form._errors = False, {}, None  # a draft may say what is wrong; not now
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if not isinstance(field.widget, NEVER_SHOWN) and not field.widget.value_omitted_from_data(typed, {}, key):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, key)
