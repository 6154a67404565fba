"""How the back office previews what is edited: as it stands on the site, and as it comes out of the printer."""

PRINT = "druck"  # the frame (`core/base.html`) shows this mode on a sheet of paper
PREVIEW_MODES = [("", "Ansicht"), (PRINT, "Druck")]
