"""The classes that the network tells apart."""

KEY_CHARACTERS = "-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

BLANK = 0
OTHER = 65
SPACE = 66
CLASS_COUNT = 67

_CLASS_OF = {character: index + 1 for index, character in enumerate(KEY_CHARACTERS)}


def class_of(character: str) -> int:
    """The class of a character: its own for a character of a key, else space or other."""
    return SPACE if character == " " else _CLASS_OF.get(character, OTHER)


def text_of(classes) -> str:
    """The text of a row of classes; a character that keys never hold is written as an asterisk."""
    return "".join(" " if c == SPACE else "*" if c == OTHER else KEY_CHARACTERS[c - 1] for c in classes)
