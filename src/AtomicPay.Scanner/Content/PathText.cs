using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AtomicPay.Scanner.Content;

/// <summary>
/// Turns the bytes of a file name into text and back without loss: a byte that is not part of valid UTF-8 becomes the lone
/// surrogate U+DC00 + byte, as in Python's <c>surrogateescape</c> (PEP 383).
/// </summary>
internal static class PathText
{
    public static bool IsEscapedByte(char c) => c is >= '\uDC80' and <= '\uDCFF';

    public static byte EscapedByte(char c) => (byte)(c - 0xDC00);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                consumed = 1;
                text.Append((char)(0xDC00 + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    public static byte[] Encode(string path)
    {
        if (path.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return Encoding.UTF8.GetBytes(path);
        }

        var bytes = new ArrayBufferWriter<byte>(path.Length + 16);
        for (var rest = path.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) == OperationStatus.Done)
            {
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            }
            else if (IsEscapedByte(rest[0]))
            {
                bytes.Write([EscapedByte(rest[0])]);
            }
            else
            {
                // Any other lone surrogate came from a Windows file name; it has no bytes of its own.
                bytes.Write("\uFFFD"u8);
            }

            rest = rest[consumed..];
        }

        return bytes.WrittenSpan.ToArray();
    }
}
