namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>The values of digits.</summary>
internal static class Digits
{
    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int Hex(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>The value of a base64 digit in the standard or the URL-safe alphabet, or -1.</summary>
    public static int Base64(int c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };

    /// <summary>Whether a key's body may hold the character.</summary>
    public static bool IsKeyCharacter(int c) => IsLetterOrDigit(c) || c is '_' or '-';

    public static bool IsLetterOrDigit(int c) => IsLetter(c) || c is >= '0' and <= '9';

    public static bool IsLetter(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
