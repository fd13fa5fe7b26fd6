using System.Globalization;
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

    /// <summary>What the contract lists for a place, into an open <c>properties</c> object.</summary>
    public void WriteProperties(Place place)
    {
        json.WriteString("origin", PlaceKindName.Of(place.Kind));
        json.WriteStartArray("decodedBy");
        foreach (var decoder in place.DecodedBy.IsDefault ? [] : place.DecodedBy)
        {
            json.WriteStringValue(redaction.Show(decoder));
        }

        json.WriteEndArray();
        json.WriteNumber("confidence", Rounded(place.Confidence));
        WritePicture(place.Picture);
        WriteExposure(place.Exposure);
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

    private void WritePicture(PictureRegion? picture)
    {
        if (picture is null)
        {
            return;
        }

        json.WriteStartArray("bbox");
        json.WriteNumberValue(picture.X);
        json.WriteNumberValue(picture.Y);
        json.WriteNumberValue(picture.Width);
        json.WriteNumberValue(picture.Height);
        json.WriteEndArray();
        json.WriteNumber("candidates", picture.Candidates);
    }

    private void WriteExposure(Exposure? exposure)
    {
        if (exposure is null)
        {
            return;
        }

        if (exposure.Commit is { } commit)
        {
            json.WriteString("commit", commit.ToString());
        }

        if (exposure.Date is { } date)
        {
            json.WriteString("commitDate", date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        }

        json.WriteBoolean("inHead", exposure.InHead);
        json.WriteStartArray("refs");
        foreach (var name in exposure.Refs.IsDefault ? [] : exposure.Refs)
        {
            json.WriteStringValue(redaction.Show(name));
        }

        json.WriteEndArray();
        if (exposure.RemovedIn is { } removed)
        {
            json.WriteString("removedIn", removed.ToString());
        }
    }

    /// <summary>Four digits: more would only show how a sum of floating-point numbers was ordered. Not a number becomes 0, as JSON has none.</summary>
    private static double Rounded(double confidence) => double.IsNaN(confidence) ? 0 : Math.Round(Math.Clamp(confidence, 0, 1), 4);
}
