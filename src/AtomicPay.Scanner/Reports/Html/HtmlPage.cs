using System.Text;
using System.Xml;

namespace AtomicPay.Scanner.Reports.Html;

/// <summary>
/// An HTML document, written element by element. Written as XML, so that every text and attribute is escaped and no element stays
/// open; browsers read it as HTML because nothing in it differs between the two.
/// </summary>
internal sealed class HtmlPage : IDisposable
{
    private static readonly XmlWriterSettings _settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.None,
        CloseOutput = false,
    };

    private readonly XmlWriter _xml;

    public HtmlPage(Stream output)
    {
        _xml = XmlWriter.Create(output, _settings);
        _xml.WriteRaw("<!doctype html>\n");
    }

    /// <summary>Writes an element that holds what <paramref name="content"/> writes.</summary>
    public void Element(string name, ReadOnlySpan<(string Name, string Value)> attributes, Action content)
    {
        Start(name, attributes);
        content();
        _xml.WriteFullEndElement();
    }

    /// <summary>Writes an element that holds what <paramref name="content"/> writes.</summary>
    public void Element(string name, Action content) => Element(name, [], content);

    /// <summary>Writes an element that holds a text.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        Text(text);
        _xml.WriteFullEndElement();
    }

    /// <summary>Writes an element that never has content, such as <c>meta</c> or <c>img</c>.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _xml.WriteEndElement();
    }

    public void Text(string text) => _xml.WriteString(XmlCharacters.Valid(text));

    /// <summary>Writes a style sheet of ours, which HTML reads unescaped.</summary>
    public void Style(string css) => _xml.WriteRaw($"<style>{css}</style>");

    /// <summary>Begins a new line of the source, for people who look at it.</summary>
    public void Break() => _xml.WriteRaw("\n");

    public void Dispose() => _xml.Dispose();

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            _xml.WriteAttributeString(attribute, XmlCharacters.Valid(value));
        }
    }
}
