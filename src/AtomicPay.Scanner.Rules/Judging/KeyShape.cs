namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Characters that people put in place of those of a key.</summary>
internal static class KeyShape
{
    /// <summary>Whether the character stands for others that are not shown: an asterisk, a bullet, an ellipsis, a block.</summary>
    public static bool IsMask(int c) => c is '*' or '.' or 0xB7 or (>= 0x2022 and <= 0x2027) or 0x2043 or 0x204E
        or 0x2217 or 0x2219 or 0x22C5 or 0x22EF or 0x26AB or 0x2B1B or 0x2B24 or (>= 0x2580 and <= 0x25FF);
}
