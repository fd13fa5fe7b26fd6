using System.Collections.Immutable;
using AtomicPay.Scanner.Rules.Decoding;
using AtomicPay.Scanner.Rules.Judging;
using AtomicPay.Scanner.Rules.Matching;

namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>Judges what stands where a key is expected. Without a prefix to go by, only what can hardly be anything else is one.</summary>
internal static class Token
{
    // Of a name that says key and a value that looks random, one may still be another service's.
    private const double MostConfidence = 0.8;

    // The digits of a UUID between its hyphens.
    private static readonly int[] Uuid = [8, 4, 4, 4, 12];

    /// <summary>Reads the value that begins at <paramref name="start"/> and ends in <paramref name="quote"/>, or where words end when that is NUL.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, Rule rule, Surroundings around, int start, char quote, out RuleMatch match)
    {
        match = default;
        if (start < 0)
        {
            return false;
        }

        var text = around.Text;
        var end = start;
        while (end < text.Length && (rule.Body.Has(text[end]) || text[end] is '+' or '/' or '='))
        {
            end++;
        }

        if (end == start || end == text.Length && text.Length >= Surroundings.Reach || !Ends(text, end, quote))
        {
            return false;
        }

        return TryJudge(rule, text[start..end], out var key, out var isEncoded, out var confidence)
            && !RightBoundary.IsCutOff(content, around.Layer, around.IndexOf(start), around.IndexOf(end))
            && Found(rule, around, start, end, key, isEncoded, confidence, out match);
    }

    /// <summary>Reads the credentials of HTTP Basic, of which the name or the password may be a key.</summary>
    public static bool TryReadBasic(Rule rule, Surroundings around, int start, out RuleMatch match)
    {
        match = default;
        var text = around.Text;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '/' or '=' or '-' or '_'))
        {
            end++;
        }

        Span<char> decoded = stackalloc char[Surroundings.Reach];
        if (Decode(text[start..end], decoded) is not (> 0 and var length))
        {
            return false;
        }

        foreach (var part in decoded[..length].Split(':'))
        {
            if (IsKey(rule, decoded[part], out var confidence))
            {
                return Found(rule, around, start, end, decoded[part].ToString(), isEncoded: true, confidence, out match);
            }
        }

        return false;
    }

    private static bool Found(
        Rule rule, Surroundings around, int start, int end, string key, bool isEncoded, double confidence, out RuleMatch match)
    {
        var layer = around.Layer;
        var first = layer.StartOf(around.IndexOf(start));
        ImmutableArray<string> layers = layer.Outer is null ? [] : [layer.Name];
        match = new RuleMatch(
            rule, first, layer.EndOf(around.IndexOf(end - 1)) - first, key, isEncoded ? layers.Add("base64") : layers, Math.Min(confidence, MostConfidence));
        return true;
    }

    private static bool TryJudge(Rule rule, ReadOnlySpan<char> value, out string key, out bool isEncoded, out double confidence)
    {
        // Encoded words look random; what they say decides.
        Span<char> decoded = stackalloc char[Surroundings.Reach];
        var length = Decode(value, decoded);
        isEncoded = length > 0;
        var token = isEncoded ? decoded[..length].TrimEnd("\r\n") : value;
        key = token.ToString();
        return IsKey(rule, token, out confidence);
    }

    private static bool IsKey(Rule rule, ReadOnlySpan<char> token, out double confidence)
    {
        var verdict = KeyJudge.Judge(rule, token);
        confidence = verdict.Confidence;
        return verdict.IsIssued && !IsUuid(token) && !IsHexOfText(token);
    }

    private static bool Ends(ReadOnlySpan<char> text, int end, char quote)
    {
        if (quote is '\0')
        {
            return Assignment.At(text, end) is '\0' or ' ' or '\t' or '\r' or '\n' or ';' or ',' or '&' or '"' or '\'' or '`' or '<' or '}' or ')' or ']' or '|';
        }

        while (Assignment.At(text, end) == '\\' || (quote == '<' && Assignment.At(text, end) is ' ' or '\r' or '\n'))
        {
            end++;
        }

        return Assignment.At(text, end) == quote;
    }

    /// <summary>How many characters of text the base64 digits stand for; 0 when they are none, or stand for something else.</summary>
    private static int Decode(ReadOnlySpan<char> digits, Span<char> decoded)
    {
        Span<char> padded = stackalloc char[Surroundings.Reach + 4];
        digits = digits.TrimEnd('=');
        if (digits.Length is < 8 or > Surroundings.Reach || digits.Length % 4 == 1)
        {
            return 0;
        }

        digits.Replace(padded, '-', '+');
        padded.Replace('_', '/');
        padded[digits.Length..].Fill('=');
        Span<byte> bytes = stackalloc byte[Surroundings.Reach];
        if (!Convert.TryFromBase64Chars(padded[..((digits.Length + 3) / 4 * 4)], bytes, out var length)
            || bytes[..length].TrimEnd("\r\n"u8).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return 0;
        }

        return System.Text.Encoding.ASCII.GetChars(bytes[..length], decoded);
    }

    private static bool IsHexOfText(ReadOnlySpan<char> token)
    {
        if (token.Length % 2 != 0 || token.Length > Surroundings.Reach)
        {
            return false;
        }

        for (var at = 0; at < token.Length; at += 2)
        {
            if (Digits.Hex(token[at]) is not (>= 2 and <= 7) || Digits.Hex(token[at + 1]) < 0)
            {
                return false;
            }
        }

        return true;
    }

    // A UUID names a thing more often than it opens one.
    private static bool IsUuid(ReadOnlySpan<char> token)
    {
        var at = 0;
        foreach (var length in Uuid)
        {
            for (var i = 0; i < length; i++, at++)
            {
                if (at >= token.Length || Digits.Hex(token[at]) < 0)
                {
                    return false;
                }
            }

            if (at < token.Length && token[at++] != '-')
            {
                return false;
            }
        }

        return at == token.Length;
    }
}
