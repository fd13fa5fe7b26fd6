using System.Text;

namespace AtomicPay.Scanner.Config;

/// <summary>Where something stands in a file that a person wrote.</summary>
/// <param name="File">The file's name, as the user knows it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
internal readonly record struct TextPosition(string File, int Line, int Column)
{
    public static TextPosition Of(string file, ReadOnlySpan<byte> text, long offset)
    {
        var before = text[..(int)Math.Clamp(offset, 0, text.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new TextPosition(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    public ConfigurationException Error(string sentence) => new(File, Line, Column, sentence);
}
