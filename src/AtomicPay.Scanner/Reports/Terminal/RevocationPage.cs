using AtomicPay.Scanner.Findings;
using Spectre.Console;
using static System.FormattableString;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>What is about to be revoked, and what came of it.</summary>
internal static class RevocationPage
{
    private const int MaxPlaces = 5;

    private static readonly Style _heading = new(decoration: Decoration.Bold);
    private static readonly Style _path = new(Color.Teal);
    private static readonly Style _quiet = new(decoration: Decoration.Dim);

    /// <summary>Each key with its places, what is known of it and what would be done.</summary>
    public static void WritePlan(TerminalPage page, ScanResult result, string endpoint, bool verbose)
    {
        var keys = KeyGroup.Of(result);
        var planned = keys.Count(key => key.Revocation is { Outcome: RevocationOutcome.Planned });
        WriteKeys(page, result, keys, verbose);
        page.BeginSection();
        page.Sentences("", planned == 0
            ? keys.Count == 0 ? "No key was found: there is nothing to revoke." : "No key is known to be live: there is nothing to revoke."
            : Invariant($"Plan: {Counted.Of(planned, "key")} to be revoked with POST {DisplayText.Line(endpoint)}. Each is verified once more before, and is reported as revoked only after the API was seen to refuse it."), _heading);
    }

    /// <summary>Each key with how it ended, and what is left to do by hand.</summary>
    public static void WriteOutcome(TerminalPage page, ScanResult result, bool verbose)
    {
        var keys = KeyGroup.Of(result);
        var redaction = new Redaction(result);
        page.BlankLine();
        foreach (var key in keys)
        {
            page.Line((DisplayText.Line(key.Secret.Redacted), _heading));
            KeyLines.WriteRevocation(page, key, redaction);
        }

        var byHand = keys.Where(key => key.Revocation is { Outcome: RevocationOutcome.NotSupported }).ToList();
        if (byHand.Count == 0)
        {
            return;
        }

        page.BeginSection();
        page.Line(("What to do: the API cannot revoke keys, the dashboard can", _heading));
        page.Sentences("  1. ", "Open the API keys in the AtomicPay dashboard.", Style.Plain);
        page.Sentences("  2. ", "Revoke or rotate these keys there, and put the new ones where the old ones are used:", Style.Plain);
        WriteKeys(page, result, byHand, verbose);
        page.Sentences("  3. ", "Run the same command again: it confirms that they are dead.", Style.Plain);
    }

    private static void WriteKeys(TerminalPage page, ScanResult result, IReadOnlyList<KeyGroup> keys, bool verbose)
    {
        var redaction = new Redaction(result);
        var words = new PlaceWords(redaction);
        foreach (var key in keys)
        {
            page.BeginSection();
            page.Line((DisplayText.Line(key.Secret.Redacted), _heading), (Invariant($"  {redaction.Show(key.Rule.Name)}, {Counted.Of(key.PlaceCount, "place")}"), Style.Plain));
            KeyLines.Write(page, key, redaction);
            var shown = key.Places.Where(place => place.Path != "-").Select(words.Clickable).Distinct().Take(verbose ? int.MaxValue : MaxPlaces).ToList();
            foreach (var place in shown)
            {
                page.Line(("    ", Style.Plain), (place, _path));
            }

            if (key.PlaceCount > MaxPlaces && !verbose)
            {
                page.Line((Invariant($"    … {Counted.Of(key.PlaceCount, "place")} in all; --verbose lists them"), _quiet));
            }
        }
    }
}
