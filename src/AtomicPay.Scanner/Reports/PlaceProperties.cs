using System.Globalization;
using System.Text.Json;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>What the contract lists for a place, as JSON: the same names and values in every report that programs read.</summary>
internal sealed class PlaceProperties(Utf8JsonWriter json, Redaction redaction)
{
    /// <summary>Into an open object.</summary>
    public void Write(Place place)
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
            json.WriteString("commitDate", Timestamp(date));
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

        if (exposure.RemovedOn is { } removedOn)
        {
            json.WriteString("removedDate", Timestamp(removedOn));
        }
    }

    /// <summary>Four digits: more would only show how a sum of floating-point numbers was ordered. Not a number becomes 0, as JSON has none.</summary>
    private static double Rounded(double confidence) => double.IsNaN(confidence) ? 0 : Math.Round(Math.Clamp(confidence, 0, 1), 4);

    private static string Timestamp(DateTimeOffset date) => date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
