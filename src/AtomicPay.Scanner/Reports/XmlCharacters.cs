using System.Xml;

namespace AtomicPay.Scanner.Reports;

/// <summary>Text that an XML or HTML document may hold: a few code points are allowed in neither, not even escaped.</summary>
internal static class XmlCharacters
{
    public static string Valid(string text)
    {
        var valid = text.ToCharArray();
        for (var i = 0; i < valid.Length; i++)
        {
            if (i + 1 < valid.Length && XmlConvert.IsXmlSurrogatePair(valid[i + 1], valid[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(valid[i]))
            {
                valid[i] = '\uFFFD';
            }
        }

        return new string(valid);
    }
}
