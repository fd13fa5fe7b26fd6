namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>The ways of going through bytes; tests force each, the scanner takes the widest that the machine has.</summary>
internal enum MatcherKind
{
    /// <summary>One byte at a time.</summary>
    Scalar,

    /// <summary>16 bytes at a time: SSSE3, or Arm AdvSimd.</summary>
    Vector128,

    /// <summary>32 bytes at a time: AVX2.</summary>
    Vector256,
}
