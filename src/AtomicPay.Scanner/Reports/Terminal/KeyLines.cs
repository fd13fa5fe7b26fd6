using AtomicPay.Scanner.Findings;
using Spectre.Console;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>What the API said of a key, as lines below its name.</summary>
internal static class KeyLines
{
    private static readonly Style _bad = new(Color.Maroon, decoration: Decoration.Bold);
    private static readonly Style _good = new(Color.Green);
    private static readonly Style _unsure = new(Color.Olive, decoration: Decoration.Bold);
    private static readonly Style _quiet = new(decoration: Decoration.Dim);

    public static void Write(TerminalPage page, KeyGroup key, Redaction redaction)
    {
        if (key.Verification is { } verification)
        {
            page.Line(
                ($"  {LivenessWords.Of(verification.Liveness)}", StyleOf(verification.Liveness)),
                ($"  {redaction.Show(verification.Because)}", _quiet));
            WritePermissions(page, verification);
        }

        WriteRevocation(page, key, redaction);
    }

    public static void WriteRevocation(TerminalPage page, KeyGroup key, Redaction redaction)
    {
        if (key.Revocation is { } revocation)
        {
            page.Line(
                ($"  {LivenessWords.Of(revocation.Outcome)}", revocation.IsDone ? _good : revocation.Outcome == RevocationOutcome.Planned ? _unsure : _bad),
                ($"  {redaction.Show(revocation.Because)}", _quiet));
        }
    }

    private static void WritePermissions(TerminalPage page, Verification verification)
    {
        if (verification.Permissions.IsEmpty)
        {
            return;
        }

        var width = verification.Permissions.Max(answer => answer.Permission.Length);
        foreach (var (permission, grant) in verification.Permissions)
        {
            page.Line(($"    {permission.PadRight(width)}  ", Style.Plain), (LivenessWords.Of(grant), grant switch
            {
                Grant.Granted => _bad,
                Grant.Refused => _good,
                _ => _quiet,
            }));
        }
    }

    private static Style StyleOf(Liveness liveness) => liveness switch
    {
        Liveness.Dead => _good,
        Liveness.Unknown => _unsure,
        _ => _bad,
    };
}
