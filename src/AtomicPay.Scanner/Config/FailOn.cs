namespace AtomicPay.Scanner.Config;

/// <summary>What makes the exit code 1.</summary>
internal enum FailOn
{
    Any,
    Never,
}
