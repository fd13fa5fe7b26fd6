namespace AtomicPay.Scanner.Images.Keys;

/// <summary>The characters of a key's body, and what recognition makes of them.</summary>
internal static class KeyAlphabet
{
    private const char None = '\0';

    /// <summary>More readings than this are not counted.</summary>
    private const int ManyReadings = 9_999;

    public static bool Contains(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    /// <summary>The key's character that a symbol most likely stands for; a character outside the alphabet when it ends the key.</summary>
    public static char Normalise(char read)
    {
        if (Contains(read))
        {
            return read;
        }

        return read switch
        {
            '—' or '–' or '~' or '‐' or '−' or '¬' => '-',
            '|' or '!' or 'ı' or '¡' or 'í' or 'ì' or 'ï' => 'l',
            '[' => 'l',
            ']' => 'J',
            '}' => 'j',
            '§' or '$' => 'S',
            '£' => 'E',
            '€' or '¢' or '©' => 'C',
            '¥' => 'Y',
            'ö' or 'ó' or 'ò' or 'ô' or '°' or '®' => 'o',
            'é' or 'è' or 'ê' or 'ë' => 'e',
            'á' or 'à' or 'â' or 'ä' or '@' => 'a',
            'ú' or 'ù' or 'û' or 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            'ß' => 'B',
            '&' => '8',
            '?' => '7',
            _ => None,
        };
    }

    /// <summary>How many keys look like this one, if l, I and 1 and likewise O and 0 cannot be told apart.</summary>
    public static int Readings(string body)
    {
        var readings = 1;
        foreach (var character in body)
        {
            readings *= character switch
            {
                'l' or 'I' or '1' => 3,
                'O' or '0' => 2,
                _ => 1,
            };
            if (readings > ManyReadings)
            {
                return ManyReadings;
            }
        }

        return readings;
    }
}
