using System.Collections.Immutable;
using AtomicPay.Scanner.Rules.Decoding;
using AtomicPay.Scanner.Rules.Judging;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Reads the key that an anchor announces, if there is one.</summary>
internal static class KeyReader
{
    // One after each character, from a page that lets long words break anywhere.
    private const int MostHidden = 160;

    // How far before an anchor the first characters of a prefix may stand that is written in pieces.
    private const int FarthestBeginning = 80;

    // Each place from which reading begins costs a little; there is rarely more than one.
    private const int MostBeginnings = 4;

    /// <summary>Reads the key that an anchor belongs to; its prefix may begin before the anchor, in another piece.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, Anchor anchor, int offset, out RuleMatch match)
    {
        if (anchor.Before == 0)
        {
            return TryReadFrom(content, anchor, offset, out match);
        }

        match = default;
        var prefix = anchor.Prefix;
        if (offset == 0 || content[offset - 1] == prefix[anchor.Before - 1] || IsInWord(content, offset))
        {
            return false;
        }

        var tries = 0;
        for (var at = offset - 1; at >= Math.Max(0, offset - FarthestBeginning) && tries < MostBeginnings; at--)
        {
            if (content[at] is (byte)'\\' or (byte)'&' or (byte)'%' or (byte)'='
                || (content[at] == prefix[0] && Literal.IsAt(content, at, prefix.AsSpan(0, anchor.Before))
                    && !Digits.IsKeyCharacter(content[at + anchor.Before])))
            {
                tries++;
                if (TryReadFrom(content, anchor, at, out match))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Words end in prefixes' ends: display_, repay_. A letter that colours a terminal is no part of one, nor are the digits of an escape.
    private static bool IsInWord(ReadOnlySpan<byte> content, int offset) =>
        Digits.IsKeyCharacter(content[offset - 1])
        && !(content[offset - 1] is (byte)'m' or (byte)'K' && offset > 1 && (content[offset - 2] == '[' || char.IsAsciiDigit((char)content[offset - 2])))
        && !char.IsAsciiDigit((char)content[offset - 1]);

    /// <summary>Undoes the anchor's encodings and reads on from it for as long as the characters of a key follow.</summary>
    private static bool TryReadFrom(ReadOnlySpan<byte> content, Anchor anchor, int offset, out RuleMatch match)
    {
        Layer layer = ContentLayer.Instance;
        var start = offset + anchor.Lead;
        foreach (var step in anchor.Steps)
        {
            layer = layer.Decode(content, start, step);
            start = 0;
        }

        match = default;
        var rule = anchor.Rule;
        var prefix = anchor.Prefix;
        Span<char> text = stackalloc char[prefix.Length + rule.Body.Longest + 1];
        Span<int> ends = stackalloc int[text.Length];
        var escapes = default(List<string>);
        var length = ReadCharacters(content, layer, start, prefix, rule.Body, text, ends, ref escapes);
        var told = escapes is null ? LengthPrefix.Of(content, layer, start, length, prefix.Length + rule.Body.Shortest) : -1;
        length = told < 0 ? length : told;
        if (length < prefix.Length + rule.Body.Shortest || length == text.Length
            || (told < 0 && !LeftBoundary.MayBegin(content, layer, start, length)))
        {
            return false;
        }

        var run = length;
        length -= told >= 0 ? 0 : Emphasis(content, layer, start, text[..length]);
        var fitting = prefix.Length + rule.Body.Match(text[prefix.Length..length], out _);
        if (fitting < prefix.Length + rule.Body.Shortest || (told < 0 && GoesOn(fitting < length ? text[fitting] : length < run ? -1 : Escapes.Read(content, layer, ends[run - 1]).Value, rule.Body)))
        {
            return false;
        }

        length = fitting;
        var end = ends[length - 1];
        var verdict = KeyJudge.Judge(rule, text[..length]);
        if (!verdict.IsIssued || (told < 0 && RightBoundary.IsCutOff(content, layer, start, end)))
        {
            return false;
        }

        var first = layer.StartOf(start);
        match = new RuleMatch(
            rule, first, Math.Min(content.Length, layer.EndOf(end - 1)) - first, text[..length].ToString(), DecodedBy(layer, escapes), verdict.Confidence);
        return true;
    }

    private static int ReadCharacters(
        ReadOnlySpan<byte> content, Layer layer, int start, string prefix, BodyPattern body, Span<char> text, Span<int> ends, ref List<string>? escapes)
    {
        var length = 0;
        var pieces = 1;
        var hidden = 0;
        var isNewPiece = false;
        var next = start;
        while (length < text.Length)
        {
            var read = Escapes.Read(content, layer, next);
            if (IsExpected(read.Value, prefix, body, length))
            {
                text[length] = (char)read.Value;
                next = ends[length++] = read.Next;
                if (isNewPiece)
                {
                    Note(ref escapes, Concatenation.Name);
                    isNewPiece = false;
                }

                if (read.Escape is not null)
                {
                    Note(ref escapes, read.Escape);
                }

                // Look-alikes end here, before more is read: the length that a serialised string would carry is not known yet,
                // so that the byte before the anchor is given the benefit of the doubt.
                if (length == prefix.Length && !LeftBoundary.MayBegin(content, layer, start, layer.At(content, start - 1)))
                {
                    return 0;
                }

                // Another prefix is where another key begins; it has its own anchor.
                if (length == 2 * prefix.Length && text[prefix.Length..length].SequenceEqual(prefix))
                {
                    return 0;
                }
            }
            else if (length > 0 && hidden < MostHidden
                && Invisible.Skip(content, layer, next, length >= prefix.Length + body.Shortest) is var seen && seen != next
                && IsExpected(Escapes.Read(content, layer, seen).Value, prefix, body, length))
            {
                hidden++;
                Note(ref escapes, Invisible.Name);
                next = seen;
            }
            else if (length > 0 && pieces < Concatenation.MostPieces && !isNewPiece
                && Concatenation.NextPiece(content, layer, start, next, length - prefix.Length) is >= 0 and var piece)
            {
                pieces++;
                isNewPiece = true;
                next = piece;
            }
            else
            {
                break;
            }
        }

        return length;
    }

    private static bool IsExpected(int c, string prefix, BodyPattern body, int length) =>
        length < prefix.Length ? c == prefix[length] : body.Has(c);

    // What goes on as a word after all that fits is no key of this form.
    private static bool GoesOn(int c, BodyPattern body) => Digits.IsLetterOrDigit(c) || c == '_' || (c == '-' && body.Has(c));

    // An underscore before a key is emphasis in Markdown, and so then is as much of it behind.
    private static int Emphasis(ReadOnlySpan<byte> content, Layer layer, int start, ReadOnlySpan<char> key)
    {
        var count = 0;
        while (layer.At(content, start - 1 - count) == '_' && key[^(count + 1)] == '_')
        {
            count++;
        }

        return count;
    }

    private static void Note(ref List<string>? names, string name)
    {
        names ??= [];
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static ImmutableArray<string> DecodedBy(Layer layer, List<string>? escapes)
    {
        if (layer.Outer is null && escapes is null)
        {
            return [];
        }

        var names = escapes ?? [];
        for (var at = layer; at.Outer is not null; at = at.Outer)
        {
            names.Insert(0, at.Name);
        }

        return [.. names];
    }
}
