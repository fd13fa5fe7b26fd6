using System.Globalization;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Html;

/// <summary>What the page says about one key: where it lies, how long it has lain there, and what to do.</summary>
internal sealed class KeySection(HtmlPage page, Redaction redaction)
{
    private const int MaxPlaces = 100;
    private const int MaxEvents = 100;

    private readonly PlaceWords _words = new(redaction);
    private readonly Dictionary<PicturePreview, string> _shown = new(ReferenceEqualityComparer.Instance);

    /// <param name="key">The key.</param>
    /// <param name="number">Its place among all of them, from 1: what is shown of two keys may be the same.</param>
    /// <param name="count">How many there are.</param>
    public void Write(KeyGroup key, int number, int count)
    {
        var isOneOfMany = count > 1;
        var label = isOneOfMany ? $"key-{number}-number key-{number}-title" : $"key-{number}-title";
        page.Element("section", [("class", $"key {key.Gravity.Name}"), ("id", $"key-{number}"), ("aria-labelledby", label)], () =>
        {
            if (isOneOfMany)
            {
                page.Element("p", string.Create(CultureInfo.InvariantCulture, $"Key {number} of {count}"), ("class", "number"), ("id", $"key-{number}-number"));
            }

            page.Element("h2", [("id", $"key-{number}-title")], () =>
            {
                page.Element("code", DisplayText.Line(key.Secret.Redacted));
                page.Element("span", $" {redaction.Show(key.Rule.Name)}", ("class", "rule"));
            });
            WriteBadges(key);
            WriteSteps(key, number);
            WritePlaces(key);
            WriteTimeLine(key);
            page.Element("details", () =>
            {
                page.Element("summary", "Details");
                page.Element("dl", () =>
                {
                    page.Element("dt", "SHA-256 of the key");
                    page.Element("dd", () => page.Element("code", key.Secret.Sha256));
                    page.Element("dt", "Rule");
                    page.Element("dd", () => page.Element("code", redaction.Show(key.Rule.Id)));
                });
                WriteHelp(key);
            });
        });
        page.Break();
    }

    private void WriteBadges(KeyGroup key)
    {
        var badges = new List<(string Class, string Text)> { (key.Gravity.Name, key.Gravity.Name) };
        if (key.Verification is { } verification)
        {
            badges.Add((verification.IsLive ? "bad" : verification.Liveness == Liveness.Dead ? "good" : "note", LivenessWords.Of(verification.Liveness)));
        }

        if (key.Revocation is { } revocation)
        {
            badges.Add((revocation.IsDone ? "good" : "bad", LivenessWords.Of(revocation.Outcome)));
        }

        if (key.Places.Any(place => place.Kind is PlaceKind.Worktree or PlaceKind.Staged or PlaceKind.Index))
        {
            badges.Add(("bad", key.Places.Any(place => place.Kind == PlaceKind.Worktree) ? "in the working files" : "staged"));
        }

        if (key.Places.Any(place => place.Exposure is { InHead: true }))
        {
            badges.Add(("bad", "in HEAD"));
        }
        else if (key.Places.All(place => place.Exposure is not null))
        {
            badges.Add(("note", "only in history"));
        }

        if (key.Places.Any(place => place.Picture is not null))
        {
            badges.Add(("note", "in a picture"));
        }

        page.Element("ul", [("class", "badges")], () =>
        {
            foreach (var (kind, text) in badges)
            {
                page.Element("li", text, ("class", kind));
            }
        });
    }

    private void WriteSteps(KeyGroup key, int number)
    {
        page.Element("h3", "What to do");
        page.Element("ol", [("class", "steps")], () =>
        {
            var step = 0;
            foreach (var sentence in Advice.Steps(key.Rule, key.Places))
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"key-{number}-step-{++step}");
                page.Element("li", () =>
                {
                    page.Void("input", ("type", "checkbox"), ("id", id));
                    page.Element("label", redaction.Show(sentence), ("for", id));
                });
            }
        });
    }

    private void WritePlaces(KeyGroup key)
    {
        page.Element("h3", string.Create(CultureInfo.InvariantCulture, $"Where it lies ({key.PlaceCount:N0})"));
        page.Element("ul", [("class", "places")], () =>
        {
            foreach (var place in key.Places.Take(MaxPlaces))
            {
                page.Element("li", () =>
                {
                    page.Element("code", _words.Clickable(place));
                    page.Element("span", string.Join(" · ", _words.Phrases(place)));
                    WritePreview(place);
                });
            }
        });
        if (key.PlaceCount > MaxPlaces)
        {
            page.Element("p", string.Create(CultureInfo.InvariantCulture, $"… and {key.PlaceCount - Math.Min(MaxPlaces, key.Places.Length):N0} more."), ("class", "more"));
        }
    }

    private void WritePreview(Place place)
    {
        if (place.Picture is null)
        {
            return;
        }

        if (place.Preview is not { } preview)
        {
            page.Element("span", "The picture is not shown: a page shows so many and no more, and none in which it could not be proved that every key is covered.");
            return;
        }

        if (_shown.TryGetValue(preview, out var before))
        {
            page.Element("span", $"The picture is the one at {before}.");
            return;
        }

        _shown[preview] = _words.Path(place);
        page.Element("figure", () =>
        {
            page.Void(
                "img",
                ("src", $"data:{preview.MediaType};base64,{Convert.ToBase64String(preview.File.Span)}"),
                ("width", preview.Width.ToString(CultureInfo.InvariantCulture)),
                ("height", preview.Height.ToString(CultureInfo.InvariantCulture)),
                ("alt", $"Part of {_words.Path(place)} around the key, which is covered by a framed bar."));
            page.Element("figcaption", "The key is under the framed bar; other keys are covered too.");
        });
    }

    private void WriteTimeLine(KeyGroup key)
    {
        var events = ExposureEvent.Of(key);
        if (events.Count == 0)
        {
            return;
        }

        page.Element("h3", "How long it has been exposed");
        page.Element("p", Span(key, events), ("class", "span"));
        page.Element("ol", [("class", "timeline")], () =>
        {
            foreach (var each in events.Take(MaxEvents))
            {
                page.Element("li", [("class", each.IsRemoval ? "removed" : "brought")], () => WriteEvent(each));
            }

            if (events.Count > MaxEvents)
            {
                page.Element("li", string.Create(CultureInfo.InvariantCulture, $"… and {events.Count - MaxEvents:N0} more commits"));
            }

            page.Element("li", IsStillThere(key) ? "It is still there." : "It is no longer in HEAD, but everybody who has the repository can read it.", ("class", "now"));
        });
    }

    /// <summary>From the first commit to the last, in days; what is still there has no last day that a report could know.</summary>
    private static string Span(KeyGroup key, IReadOnlyList<ExposureEvent> events)
    {
        var (first, last) = (events[0].Date, events[^1].Date);
        return IsStillThere(key) || !events[^1].IsRemoval
            ? $"Readable since {Day(first)}."
            : $"In the newest version from {Day(first)} to {Day(last)}, {((last.UtcDateTime.Date - first.UtcDateTime.Date).Days is var days and > 0 ? Counted.Of(days, "day") : "less than a day")}; in history since then.";
    }

    private static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void WriteEvent(ExposureEvent each)
    {
        var day = Day(each.Date);
        page.Element("time", day, ("datetime", day));
        var place = each.Places[0];
        if (place.Kind == PlaceKind.CommitMessage)
        {
            page.Text(" committed, in the message of ");
            page.Element("code", each.Commit.ToString()[..7]);
            return;
        }

        page.Text(each.IsRemoval ? " removed in " : " committed in ");
        page.Element("code", each.Commit.ToString()[..7]);
        page.Text(each.IsRemoval ? " from " : " in ");
        page.Element("code", _words.Path(place));
        if (each.Places.Length > 1)
        {
            page.Text($" and {Counted.Of(each.Places.Length - 1, "more place")}");
        }
    }

    private static bool IsStillThere(KeyGroup key) =>
        key.Places.Any(place => place.Exposure is { InHead: true } || place.Kind is PlaceKind.Worktree or PlaceKind.Staged or PlaceKind.Index);

    private void WriteHelp(KeyGroup key)
    {
        foreach (var paragraph in MarkdownText.Read(DisplayText.Lines(redaction.Mask(key.Rule.Help))))
        {
            page.Element(paragraph.IsHeading ? "h4" : "p", paragraph.ToString());
        }
    }
}
