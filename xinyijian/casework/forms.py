"""What is typed when a step is pressed. A service's forms.py holds <Verb>Form classes where something is typed at all."""
from importlib import import_module

from django import forms


class StepForm(forms.Form):
    """Knows the case it is about; `inputs` is what `act` gets beside by and at."""

    def __init__(self, *args, case, at, by, **kwargs):
        self.case, self.at, self.by = case, at, by
        super().__init__(*args, **kwargs)

    def inputs(self) -> dict:
        """Called inside the transaction of the step."""
        return self.cleaned_data


def form_for(case, verb) -> type[StepForm]:
    """accept → remote_care.forms.AcceptForm, give_missing → GiveMissingForm; without one nothing is typed."""
    module = import_module(f"{case._meta.app_label}.forms")
    return getattr(module, "".join(part.title() for part in verb.split("_")) + "Form", StepForm)
