namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>What the recogniser tells apart: the characters of keys, spaces, all other characters, and no character.</summary>
internal static class Glyph
{
    /// <summary>How many there are.</summary>
    public const int Count = 67;

    /// <summary>No character, or the one before going on.</summary>
    public const int Blank = 0;

    /// <summary>A character that no key has.</summary>
    public const int Other = 65;

    public const int Space = 66;

    private const string Characters = "-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    /// <summary>The glyph of a key's character.</summary>
    public static int Of(char character) => character switch
    {
        '-' => 1,
        >= 'A' and <= 'Z' => character - 'A' + 2,
        >= 'a' and <= 'z' => character - 'a' + 28,
        >= '0' and <= '9' => character - '0' + 54,
        '_' => 64,
        _ => throw new ArgumentOutOfRangeException(nameof(character)),
    };

    /// <summary>The character of a glyph; an asterisk and a space for those that are in no key.</summary>
    public static char CharacterOf(int glyph) => glyph switch
    {
        Space => ' ',
        Other => '*',
        _ => Characters[glyph - 1],
    };
}
