using System.Text.Json;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>Places of a key, as SARIF locations.</summary>
internal sealed class SarifLocation(Utf8JsonWriter json, Redaction redaction)
{
    /// <summary>The path as a URI. What has no path (a message, say) gets a speaking name in its stead: viewers require one.</summary>
    public string Uri(Place place)
    {
        if (place.Path.Length > 0)
        {
            return SarifUri.Of(redaction.Mask(place.Path));
        }

        var kind = PlaceKindName.Of(place.Kind);
        return place.Exposure?.Commit is { } commit ? $"{kind}/{commit}" : kind;
    }

    public void WritePhysicalLocation(Place place)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(place));
        json.WriteEndObject();
        WriteRegion(place.Region);
        json.WriteEndObject();
    }

    /// <summary>
    /// Pictures and names have no line. Code scanning wants one, and shows the file from its start then; numbers below 1, which
    /// would make it reject the whole report, are never written.
    /// </summary>
    private void WriteRegion(Region? region)
    {
        json.WriteStartObject("region");
        if (region is not { StartLine: >= 1 } text)
        {
            json.WriteNumber("startLine", 1);
            json.WriteEndObject();
            return;
        }

        json.WriteNumber("startLine", text.StartLine);
        if (text.StartColumn >= 1)
        {
            json.WriteNumber("startColumn", text.StartColumn);
            var endsAfterStart = text.EndLine == text.StartLine ? text.EndColumn > text.StartColumn : text.EndLine > text.StartLine;
            if (endsAfterStart && text.EndColumn >= 1)
            {
                json.WriteNumber("endLine", text.EndLine);
                json.WriteNumber("endColumn", text.EndColumn);
            }
        }

        if (text is { ByteOffset: >= 0, ByteLength: > 0 })
        {
            json.WriteNumber("byteOffset", text.ByteOffset);
            json.WriteNumber("byteLength", text.ByteLength);
        }

        json.WriteEndObject();
    }
}
