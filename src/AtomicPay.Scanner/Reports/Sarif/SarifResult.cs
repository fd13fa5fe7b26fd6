using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>A finding, as a SARIF result.</summary>
internal sealed class SarifResult(Utf8JsonWriter json, Redaction redaction, int resultCount)
{
    /// <summary>How many of a key's other places one result lists; all of them are counted.</summary>
    public const int MaxRelatedLocations = 100;

    /// <summary>
    /// How many a whole report lists. One key in thousands of files would otherwise name each file a hundred times: gigabytes,
    /// where code scanning takes ten compressed megabytes.
    /// </summary>
    public const int MaxRelatedLocationsInReport = 50_000;

    private readonly SarifLocation _locations = new(json, redaction);
    private readonly PlaceProperties _properties = new(json, redaction);
    private readonly int _maxRelated = Math.Clamp(MaxRelatedLocationsInReport / Math.Max(resultCount, 1), 1, MaxRelatedLocations);
    private readonly PlaceWords _words = new(redaction);

    public void Write(Finding finding, int ruleIndex, Suppression? suppression)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", redaction.Show(finding.Rule.Id));
        json.WriteNumber("ruleIndex", ruleIndex);
        var gravity = finding.Gravity;
        json.WriteString("level", SarifLevel.Of(gravity.Severity));
        json.WriteNumber("rank", Math.Round(gravity.Score * 10));
        WriteMessage(Message(finding));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        _locations.WritePhysicalLocation(finding.Place);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteRelatedLocations(finding);
        WriteFingerprints(finding);
        WriteAttachment(finding.Place);
        WriteSuppression(suppression);
        json.WriteStartObject("properties");
        json.WriteString("secretSha256", finding.Secret.Sha256);
        json.WriteString("redacted", DisplayText.Line(finding.Secret.Redacted));
        _properties.Write(finding.Place);

        // Code scanning reads it of rules only, and here nothing but the level; other viewers read it of results as well.
        json.WriteString("security-severity", gravity.Score.ToString("0.0", CultureInfo.InvariantCulture));
        json.WriteNumber("otherPlaces", finding.OtherPlaceCount);
        VerificationProperties.Write(json, redaction, finding);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string Message(Finding finding)
    {
        var line = finding.Place.Region is { } region ? string.Create(CultureInfo.InvariantCulture, $", line {region.StartLine}") : "";
        var others = finding.OtherPlaceCount switch
        {
            0 => "",
            1 => " The same key lies in one other place.",
            var count => string.Create(CultureInfo.InvariantCulture, $" The same key lies in {count} other places."),
        };
        return $"{redaction.Show(finding.Rule.Name)} {DisplayText.Line(finding.Secret.Redacted)} in {_words.Path(finding.Place)}{line} "
            + $"({string.Join("; ", [.. LivenessWords.Phrases(finding.Verification, finding.Revocation), .. _words.Phrases(finding.Place)])}). {Advice.InOneParagraph(finding, redaction)}{others}";
    }

    /// <summary>"[text](target)" in a SARIF message is a link, and a path must not be able to forge one.</summary>
    private void WriteMessage(string text)
    {
        json.WriteStartObject("message");
        json.WriteString("text", text.Replace("](", "] (", StringComparison.Ordinal));
        json.WriteEndObject();
    }

    private void WriteRelatedLocations(Finding finding)
    {
        if (finding.OtherPlaces.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("relatedLocations");
        var id = 0;
        foreach (var place in finding.OtherPlaces.Take(_maxRelated))
        {
            json.WriteStartObject();
            json.WriteNumber("id", ++id);
            _locations.WritePhysicalLocation(place);
            WriteMessage($"The same key: {string.Join("; ", _words.Phrases(place))}");
            json.WriteStartObject("properties");
            _properties.Write(place);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// Stable while the key stays at its path, however the lines move. <c>primaryLocationLineHash</c> is left out on purpose: it
    /// hashes the lines around the finding, which are not at hand here, and a value that differs from the one that the uploading
    /// action computes makes it warn. Without one it computes its own.
    /// </summary>
    private void WriteFingerprints(Finding finding)
    {
        byte[] identity =
        [
            .. PathText.Encode(finding.Rule.Id), 0,
            .. PathText.Encode(finding.Secret.Sha256), 0,
            .. PathText.Encode(finding.Place.Path), 0,
            .. PathText.Encode(finding.Place.Path.Length == 0 ? _locations.Uri(finding.Place) : ""),
        ];
        json.WriteStartObject("partialFingerprints");
        json.WriteString("atomicpayKeyAndPath/v1", Convert.ToHexStringLower(SHA256.HashData(identity)));
        json.WriteEndObject();
    }

    /// <summary>
    /// As the standard has it: viewers hide such a result. GitHub code scanning does not read suppressions (they are not among the
    /// properties that its documentation lists), and opens an alert; for it there is a report without what is suppressed.
    /// </summary>
    private void WriteSuppression(Suppression? suppression)
    {
        if (suppression is null)
        {
            return;
        }

        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", suppression.Kind == SuppressionKind.Comment ? "inSource" : "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", redaction.Show(suppression.ToString()));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteAttachment(Place place)
    {
        if (place.Picture is not { } picture)
        {
            return;
        }

        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", _locations.Uri(place));
        json.WriteEndObject();
        json.WriteStartArray("rectangles");
        json.WriteStartObject();
        json.WriteNumber("top", picture.Y);
        json.WriteNumber("left", picture.X);
        json.WriteNumber("bottom", picture.Y + picture.Height);
        json.WriteNumber("right", picture.X + picture.Width);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
