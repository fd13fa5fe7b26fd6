using System.Globalization;
using System.Text;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>The entries of a dictionary as far as they are needed to undo a stream's filters: names, numbers, lists and dictionaries.</summary>
internal sealed class PdfDictionary
{
    private const int Deepest = 32;

    private readonly Dictionary<string, object?> _entries = [];

    /// <summary>The dictionary that begins at the start of a text; an empty one when none does.</summary>
    public static PdfDictionary Read(ReadOnlySpan<byte> text)
    {
        var open = new Stack<List<object?>>();
        var at = 0;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'<' when at + 1 < text.Length && text[at + 1] == '<':
                case (byte)'[':
                    at += text[at] == '<' ? 2 : 1;
                    open.Push([]);
                    if (open.Count > Deepest)
                    {
                        return new PdfDictionary();
                    }

                    break;
                case (byte)'>' when at + 1 < text.Length && text[at + 1] == '>':
                case (byte)']':
                    var isDictionary = text[at] == '>';
                    at += isDictionary ? 2 : 1;
                    if (!open.TryPop(out var closed))
                    {
                        return new PdfDictionary();
                    }

                    object value = isDictionary ? Of(closed) : closed;
                    if (!open.TryPeek(out var outer))
                    {
                        return value as PdfDictionary ?? new PdfDictionary();
                    }

                    outer.Add(value);
                    break;
                case (byte)'(':
                    at = PdfStrings.EndOfLiteral(text, at);
                    Add(open, null);
                    break;
                case (byte)'<':
                    at += Math.Max(1, text[at..].IndexOf((byte)'>') + 1);
                    Add(open, null);
                    break;
                case (byte)'%':
                    var end = text[at..].IndexOfAny((byte)'\r', (byte)'\n');
                    at = end < 0 ? text.Length : at + end;
                    break;
                case var c when IsRegular(c) || c == '/':
                    var start = at++;
                    while (at < text.Length && IsRegular(text[at]))
                    {
                        at++;
                    }

                    AddWord(open, text[start..at]);
                    break;
                default:
                    at++;
                    break;
            }
        }

        return new PdfDictionary();
    }

    /// <summary>A name without its slash; null when the entry is none.</summary>
    public string? Name(string key) => _entries.GetValueOrDefault(key) is string name && name.StartsWith('/') ? name[1..] : null;

    public int? Number(string key) => _entries.GetValueOrDefault(key) as int?;

    /// <summary>The names of an entry that is one name or a list of them.</summary>
    public IReadOnlyList<string> Names(string key) => _entries.GetValueOrDefault(key) switch
    {
        string name => [name[1..]],
        List<object?> list => [.. list.Select(item => item is string name ? name[1..] : "")],
        _ => [],
    };

    /// <summary>The dictionary of an entry, which may hold one for each filter.</summary>
    public PdfDictionary Dictionary(string key, int index) => _entries.GetValueOrDefault(key) switch
    {
        PdfDictionary dictionary => dictionary,
        List<object?> list when index < list.Count && list[index] is PdfDictionary dictionary => dictionary,
        _ => new PdfDictionary(),
    };

    public bool Has(string key) => _entries.ContainsKey(key);

    private static PdfDictionary Of(List<object?> values)
    {
        var dictionary = new PdfDictionary();
        for (var i = 0; i + 1 < values.Count; i += 2)
        {
            if (values[i] is string key && key.StartsWith('/'))
            {
                dictionary._entries[key[1..]] = values[i + 1];
            }
        }

        return dictionary;
    }

    private static void Add(Stack<List<object?>> open, object? value)
    {
        if (open.TryPeek(out var list))
        {
            list.Add(value);
        }
    }

    private static void AddWord(Stack<List<object?>> open, ReadOnlySpan<byte> word)
    {
        if (!open.TryPeek(out var list))
        {
            return;
        }

        // A reference, 12 0 R, is three words for one value.
        if (word.SequenceEqual("R"u8) && list.Count >= 2)
        {
            list.RemoveRange(list.Count - 2, 2);
            list.Add(null);
            return;
        }

        list.Add(word[0] == '/' ? Encoding.Latin1.GetString(word)
            : int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : null);
    }

    private static bool IsRegular(byte c) => c > ' ' && !"()<>[]{}/%"u8.Contains(c);
}
