using System.Buffers;
using System.Text;

namespace AtomicPay.Scanner.Containers.Mail;

/// <summary>Mail as it is stored (RFC 5322, MIME), mailboxes of it, and web pages saved as mail: the parts decoded, the headers too.</summary>
/// <remarks>What is neither encoded nor attached is text, and scanned as the file that it is.</remarks>
internal sealed class MailFormat : IContainerFormat
{
    private const int LongestName = 40;
    private const int LatestHeader = 64 * 1024;

    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public string Name => "mail";

    public bool IsOtherView => true;

    /// <summary>Whether a content begins with a header or as a mailbox; text seldom does, and then it is looked at more closely.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> content)
    {
        if (content.Length < LongestName || !char.IsAsciiLetter((char)content[0]))
        {
            return false;
        }

        var end = content[..LongestName].IndexOfAnyExcept(NameCharacters);
        return end >= 2 && (content[end] == ':' || (end == 4 && content.StartsWith("From "u8)));
    }

    public bool Recognises(ReadOnlySpan<byte> head)
    {
        if (!MayBegin(head))
        {
            return false;
        }

        var block = head[..Math.Min(head.Length, LatestHeader)];
        var end = block.IndexOf("\n\n"u8) is >= 0 and var unix ? unix : block.IndexOf("\r\n\r\n"u8);
        var headers = Encoding.Latin1.GetString(end < 0 ? block : block[..end]);
        return (Has("MIME-Version") || (Has("From") ? 1 : 0) + (Has("Date") ? 1 : 0) + (Has("Subject") ? 1 : 0) + (Has("Message-ID") ? 1 : 0) + (Has("To") ? 1 : 0) >= 3)
            && IsEncoded(head);

        bool Has(string name) =>
            headers.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) || headers.Contains($"\n{name}:", StringComparison.OrdinalIgnoreCase);
    }

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var stream = new UnmanagedMemoryStream(start, content.Length);
            new Mailbox(stream, isMailbox: content.StartsWith("From "u8), members).HandOn();
        }
    }

    // The names of the encodings, base64 and quoted-printable, are written in any case; the mark of an encoded header is not.
    private static bool IsEncoded(ReadOnlySpan<byte> content) =>
        content.IndexOf("ase64"u8) >= 0 || content.IndexOf("ASE64"u8) >= 0
        || content.IndexOf("rintable"u8) >= 0 || content.IndexOf("RINTABLE"u8) >= 0
        || content.IndexOf("=?"u8) >= 0;
}
