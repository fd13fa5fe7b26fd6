using System.IO.Compression;
using System.Text;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Makes zip archives of one member.</summary>
internal static class Zipped
{
    public static byte[] Of(string path, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry(path).Open();
            member.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
