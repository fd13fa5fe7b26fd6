using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>A user's own rules: what a file of them holds, and all that is wrong with it.</summary>
/// <param name="Rules">The rules; none when there are errors.</param>
/// <param name="Errors">What is wrong, in the order of the file.</param>
public sealed record RuleFile(ImmutableArray<Rule> Rules, ImmutableArray<RuleFileError> Errors)
{
    /// <summary>A larger file is not read.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Reads a file of rules, JSON in which comments and trailing commas are allowed, and proves each rule by its examples.</summary>
    /// <param name="json">The file as UTF-8.</param>
    /// <param name="others">The rules that it adds to, whose ids and prefixes are taken.</param>
    public static RuleFile Read(ReadOnlySpan<byte> json, IReadOnlyCollection<Rule> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (json.Length > MostBytes)
        {
            return Wrong(new RuleFileError(1, 1, "The file is larger than 1 MiB; split it, or leave out what is not a rule."));
        }

        var start = json.StartsWith("\uFEFF"u8) ? 3 : 0;
        json = json[start..];
        var errors = new List<(long Offset, string Message)>();
        try
        {
            var drafts = new RuleFileReader(json, others, errors).Read();
            if (errors.Count == 0)
            {
                RuleProof.Check(drafts, others, errors);
            }

            if (errors.Count == 0)
            {
                return new RuleFile([.. drafts.Select(draft => draft.Rule)], []);
            }
        }
        catch (JsonException e)
        {
            errors.Add((OffsetOf(json, e), $"This is not JSON: {Reason(e)}"));
        }

        ImmutableArray<RuleFileError> found = [.. Located(json, errors)];
        return Wrong([.. found]);
    }

    private static RuleFile Wrong(params ImmutableArray<RuleFileError> errors) => new([], errors);

    private static List<RuleFileError> Located(ReadOnlySpan<byte> json, List<(long Offset, string Message)> errors)
    {
        var located = new List<RuleFileError>();
        foreach (var (offset, message) in errors.OrderBy(error => error.Offset))
        {
            var before = json[..(int)Math.Min(offset, json.Length)];
            var lineStart = before.LastIndexOf((byte)'\n') + 1;
            located.Add(new RuleFileError(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1, message));
        }

        return located;
    }

    private static long OffsetOf(ReadOnlySpan<byte> json, JsonException e)
    {
        var at = 0;
        for (var line = e.LineNumber ?? 0; line > 0 && json[at..].IndexOf((byte)'\n') is >= 0 and var end; line--)
        {
            at += end + 1;
        }

        return at + (e.BytePositionInLine ?? 0);
    }

    // The place is told in the file's own numbers.
    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.')}.");
    }
}
