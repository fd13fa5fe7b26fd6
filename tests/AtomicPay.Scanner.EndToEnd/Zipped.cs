using System.IO.Compression;
using System.Text;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Makes zip archives of one member.</summary>
internal static class Zipped
{
    public static byte[] Of(string path, string text) => Of(path, Encoding.UTF8.GetBytes(text));

    public static byte[] Of(string path, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry(path).Open();
            member.Write(content);
        }

        return bytes.ToArray();
    }
}
