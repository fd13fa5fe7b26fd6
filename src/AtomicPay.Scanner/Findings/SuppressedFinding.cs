namespace AtomicPay.Scanner.Findings;

/// <summary>A finding that somebody has allowed: told of, but no reason to fail.</summary>
internal sealed record SuppressedFinding(Finding Finding, Suppression Suppression);
