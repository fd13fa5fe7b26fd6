namespace AtomicPay.Scanner.Rules;

/// <summary>How bad a finding is, on the scale that SARIF and code scanning use.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Should be looked at.</summary>
    Warning,

    /// <summary>A leaked key: act now.</summary>
    Error,
}
