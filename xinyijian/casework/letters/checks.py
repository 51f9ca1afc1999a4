"""What must be there before anybody asks for a letter."""

from django.conf import settings
from django.core import checks

from .typeset import FAMILY, lacks_font


@checks.register
def letter_font(app_configs, **_more):
    """Without its font a letter would be rows of boxes: say so at the start, not to the first person who asks."""
    if lacks_font(settings.FONTS_DIR):
        hint = "Run script/assets: it puts the font there."
        return [checks.Error(f"The font of the letters ({FAMILY}) is not in {settings.FONTS_DIR}", hint=hint, id="casework.E001")]
    return []
