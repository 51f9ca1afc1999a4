"""The gallery of components (demo mode only): each in each state, so that one look shows whether the face is whole."""
