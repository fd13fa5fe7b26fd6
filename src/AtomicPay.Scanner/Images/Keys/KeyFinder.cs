using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Puts keys together from recognised lines.</summary>
/// <param name="isIssued">Whether a text that has the form of a key is one, and no placeholder or identifier.</param>
internal sealed class KeyFinder(Func<string, bool> isIssued)
{
    /// <summary>The keys in these lines, from top to bottom.</summary>
    public ImmutableArray<KeyCandidate> Find(ImmutableArray<TextLine> lines)
    {
        var found = ImmutableArray.CreateBuilder<KeyCandidate>();
        foreach (var line in lines)
        {
            var spacing = new SymbolSpacing(line);
            for (var at = 0; at < line.Symbols.Length; at++)
            {
                if (HasLeftBoundary(line, at, spacing)
                    && KeyPrefix.At(line.Symbols, at, spacing) is { } prefix
                    && Assemble(lines, line, prefix) is { } key)
                {
                    found.Add(key);
                    at = prefix.End + KeyBody.MinimumLength;
                }
            }
        }

        return [.. found.OrderBy(static key => key.Box.Top).ThenBy(static key => key.Box.Left)];
    }

    // wechatpay_ and flatpay_ are other companies' names, also when recognition puts a space into them.
    private static bool HasLeftBoundary(TextLine line, int at, SymbolSpacing spacing)
    {
        if (at == 0 || spacing.IsSpace(at) || spacing.HasLostCharacter(at))
        {
            return true;
        }

        var before = line.Symbols[at - 1].Character;
        return !(char.IsLetterOrDigit(before) || before == '_') || EndsSettingName(line.Symbols, at);
    }

    // In KEY=atpay_ the equals sign gets lost; no name goes on in small letters after two capitals.
    private static bool EndsSettingName(ImmutableArray<TextSymbol> symbols, int at) =>
        at >= 2
        && char.IsAsciiLetterUpper(symbols[at - 1].Character)
        && char.IsAsciiLetterUpper(symbols[at - 2].Character)
        && symbols[at].Character == 'a';

    private KeyCandidate? Assemble(ImmutableArray<TextLine> lines, TextLine line, KeyPrefix prefix)
    {
        var advance = line.Advance;
        var run = KeyRun.From(line, prefix.End, KeyBody.MinimumLength);
        var body = run.Text;
        var parts = new List<ReadOnlyMemory<TextSymbol>> { line.Symbols.AsMemory()[prefix.Start..run.End] };
        while (!run.IsCutOff && run.End == line.Symbols.Length && LineBelow.Of(line, lines) is { } next)
        {
            line = next;
            run = KeyRun.From(line, 0, 0);
            body += run.Text;
            parts.Add(line.Symbols.AsMemory()[..run.End]);
        }

        if (run.IsCutOff || !KeyBody.LooksIssued(body, prefix.HasSeparator) || !isIssued(prefix.Text + body))
        {
            return null;
        }

        var symbols = parts.SelectMany(static part => part.ToArray()).ToList();
        var boxes = parts.Select(static part => part.ToArray().Select(static symbol => symbol.Box).Aggregate(static (all, one) => all.Union(one)));
        var confidence = symbols.Average(static symbol => symbol.Confidence) / (1 + prefix.Cost);
        return new KeyCandidate(prefix.Text + body, [.. boxes], advance, Math.Clamp(confidence, 0, 1), KeyAlphabet.Readings(body));
    }
}
