using System.Buffers;
using System.Text;

namespace AtomicPay.Scanner.Containers.Markup;

/// <summary>
/// The XML of documents, drawings and books, in which a word may be cut into runs at any place: its text with the runs joined.
/// </summary>
internal sealed class MarkupFormat : IContainerFormat
{
    private const int LatestNamespace = 2048;

    public string Name => "xml";

    public bool IsOtherView => true;

    public bool Recognises(ReadOnlySpan<byte> head) => DialectOf(head) is not null;

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var text = new ArrayBufferWriter<byte>(content.Length / 4);
        MarkupText.Collect(content, DialectOf(content)!, text);
        members.Add("", text.WrittenSpan);
    }

    private static MarkupDialect? DialectOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        var head = content[..Math.Min(content.Length, LatestNamespace)];
        if (head.IsEmpty || head[0] != '<' || head.IndexOf("xmlns"u8) < 0)
        {
            return null;
        }

        foreach (var dialect in MarkupDialect.All)
        {
            if (head.IndexOf(dialect.Sign.Span) >= 0)
            {
                return content.IndexOf(dialect.Needed.Span) >= 0 ? dialect : null;
            }
        }

        return null;
    }
}
