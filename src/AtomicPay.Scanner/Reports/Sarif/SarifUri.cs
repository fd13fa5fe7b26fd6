using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>Paths as relative URI references (RFC 3986): the bytes that git knows, percent-encoded.</summary>
internal static class SarifUri
{
    public static string Of(string path)
    {
        var uri = new StringBuilder(path.Length + 16);
        foreach (var b in PathText.Encode(path))
        {
            if (IsKept((char)b))
            {
                uri.Append((char)b);
            }
            else
            {
                uri.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return uri.ToString();
    }

    /// <summary>
    /// The unreserved characters and the two that the path of an archive member is built with. A colon is not among them, so
    /// that <c>a:b.txt</c> is not taken for a scheme; nor is a plus sign, which some readers take for a space.
    /// </summary>
    private static bool IsKept(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '/' or '!';
}
