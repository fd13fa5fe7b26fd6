namespace AtomicPay.Scanner.Findings;

/// <summary>Why a finding does not count.</summary>
/// <param name="Kind">What says so.</param>
/// <param name="Reason">What it gives as the reason, as whoever wrote it put it.</param>
/// <param name="Source">Where it says so, as <c>file:line</c>; empty for a comment, which stands beside the key.</param>
internal sealed record Suppression(SuppressionKind Kind, string Reason, string Source)
{
    public override string ToString() => Source.Length == 0 ? Reason : $"{Reason} ({Source})";
}
