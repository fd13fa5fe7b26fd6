using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports.Sarif;
using AtomicPay.Scanner.Rules;
using Microsoft.CodeAnalysis.Sarif;
using NJsonSchema;
using static AtomicPay.Scanner.Tests.Reports.Samples;
using Region = AtomicPay.Scanner.Findings.Region;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class SarifReportTests
{
    [Fact]
    public async Task A_report_follows_the_official_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json"), TestContext.Current.CancellationToken);
        foreach (var result in new[] { Result(), Everything() })
        {
            schema.Validate(Sarif(result)).Select(error => error.ToString()).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_report_is_read_by_the_official_object_model()
    {
        var run = Read(Everything());

        run.Tool.Driver.Name.ShouldBe("AtomicPay.Scanner");
        run.Tool.Driver.Version.ShouldNotBeNullOrEmpty();
        run.ColumnKind.ShouldBe(ColumnKind.Utf16CodeUnits);
        run.AutomationDetails.Id.ShouldBe("atomicpay-scanner/full/");
        run.RedactionTokens.ShouldBe(["…"]);
        run.Results.ShouldAllBe(result => result.RuleId == KeyRule.Id && result.RuleIndex == 0 && result.Level >= FailureLevel.Warning);
        run.OriginalUriBaseIds.ShouldBeNull();
    }

    [Fact]
    public void A_rule_says_what_code_scanning_wants_to_know()
    {
        var rules = Read(Result()).Tool.Driver.Rules;
        rules.Select(each => each.Id).ShouldBe(RuleSet.Default.Rules.Select(each => each.Id));
        var rule = rules[0];

        rule.Id.ShouldBe(KeyRule.Id);
        rule.Name.ShouldBe(KeyRule.Name);
        rule.ShortDescription.Text.ShouldBe(KeyRule.Name);
        rule.FullDescription.Text.ShouldBe(KeyRule.Summary);
        rule.Help.Markdown.ShouldBe(KeyRule.Help);
        rule.Help.Text.ShouldNotBeNullOrEmpty();
        rule.DefaultConfiguration.Level.ShouldBe(FailureLevel.Error);
        rule.Tags.ShouldBe(["security", "external/cwe/cwe-798", "secret"], ignoreOrder: true);
        rule.GetProperty("precision").ShouldBe("high");
        rule.GetProperty<string>("security-severity").ShouldBe("9.2");
        rules[1].DefaultConfiguration.Level.ShouldBe(FailureLevel.Warning);
        rules[1].GetProperty("precision").ShouldBe("medium");
        rules[1].GetProperty<string>("security-severity").ShouldBe("6.2");
    }

    [Fact]
    public void A_result_is_as_grave_as_its_place()
    {
        var results = Read(Result(
            Finding(Text("public/app.js")), Finding(Text("src/a.cs")), Finding(Text("docs/old.md", kind: PlaceKind.History, exposure: Removed)),
            Finding(Text("x", kind: PlaceKind.Unreachable)))).Results;

        results.Select(result => (result.Level, result.Rank, result.GetProperty<string>("security-severity"))).ShouldBe(
        [
            (FailureLevel.Error, 98, "9.8"), (FailureLevel.Error, 92, "9.2"), (FailureLevel.Error, 84, "8.4"), (FailureLevel.Warning, 65, "6.5"),
        ]);
        results[0].Message.Text.ShouldContain("in a file that browsers get");
    }

    [Fact]
    public void The_rules_of_the_user_stand_beside_those_of_the_scanner_with_their_own_help()
    {
        var own = KeyRule with { Id = "acme-key", Prefixes = ["acme_"], Help = "Ask **Ana**.", Severity = Severity.Note, Precision = "low" };

        var rule = Read(Result() with { Rules = new RuleSet([.. RuleSet.Default.Rules, own]) }).Tool.Driver.Rules[^1];

        (rule.Id, rule.Help.Markdown, rule.DefaultConfiguration.Level).ShouldBe(("acme-key", "Ask **Ana**.", FailureLevel.Note));
        rule.GetProperty("precision").ShouldBe("low");
    }

    [Fact]
    public void A_report_without_findings_is_still_a_whole_report()
    {
        var run = Read(Result());

        run.Results.ShouldBeEmpty();
        var invocation = run.Invocations.ShouldHaveSingleItem();
        invocation.ExecutionSuccessful.ShouldBeTrue();
        invocation.ToolExecutionNotifications.ShouldBeEmpty();
    }

    [Fact]
    public void A_result_says_where_and_what_without_the_key()
    {
        var result = Read(Result(Finding(Text("config/.env")))).Results.ShouldHaveSingleItem();

        var secret = Secret();
        var location = result.Locations.ShouldHaveSingleItem().PhysicalLocation;
        location.ArtifactLocation.Uri.OriginalString.ShouldBe("config/.env");
        location.Region.StartLine.ShouldBe(3);
        location.Region.StartColumn.ShouldBe(13);
        location.Region.EndColumn.ShouldBe(51);
        result.GetProperty("secretSha256").ShouldBe(secret.Sha256);
        result.GetProperty("redacted").ShouldBe(secret.Redacted);
        result.GetProperty("origin").ShouldBe("worktree");
        result.Message.Text.ShouldStartWith($"{KeyRule.Name} {secret.Redacted} in config/.env, line 3 (in the working tree). ");
        result.Message.Text.ShouldContain("Revoke or rotate");
    }

    [Theory]
    [InlineData("a b#c%d?.txt", "a%20b%23c%25d%3F.txt")]
    [InlineData("a:b+c.txt", "a%3Ab%2Bc.txt")]
    [InlineData("odd/100% é.txt", "odd/100%25%20%C3%A9.txt")]
    [InlineData("line\nfeed\u001b[31m.txt", "line%0Afeed%1B%5B31m.txt")]
    [InlineData("日本語/😀.txt", "%E6%97%A5%E6%9C%AC%E8%AA%9E/%F0%9F%98%80.txt")]
    [InlineData("back\\slash\"quote.txt", "back%5Cslash%22quote.txt")]
    [InlineData("outer.zip!/inner/file.txt", "outer.zip!/inner/file.txt")]
    public void A_path_is_a_relative_percent_encoded_uri(string path, string expected)
    {
        var result = Read(Result(Finding(Text(path)))).Results.ShouldHaveSingleItem();

        var uri = result.Locations[0].PhysicalLocation.ArtifactLocation.Uri;
        uri.OriginalString.ShouldBe(expected);
        uri.IsAbsoluteUri.ShouldBeFalse();
        result.Message.Text.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void A_byte_that_is_no_UTF8_goes_into_the_uri_as_it_was()
    {
        // Not as InlineData: xunit cannot carry a lone surrogate through its own serialisation.
        var result = Read(Result(Finding(Text("caf\uDCE9\uD800.txt")))).Results.ShouldHaveSingleItem();

        result.Locations[0].PhysicalLocation.ArtifactLocation.Uri.OriginalString.ShouldBe("caf%E9%EF%BF%BD.txt");
        result.Message.Text.ShouldContain(@"caf\xE9" + "\uFFFD.txt");
    }

    [Fact]
    public void Lone_surrogates_anywhere_do_not_stop_the_report()
    {
        var exposure = Removed with { Refs = ["refs/heads/\uDCFFx"] };
        var result = Result(Finding(Text("a\uDC80", kind: PlaceKind.History, exposure: exposure, decodedBy: "zip\uDC81"), others: Text("b\uD801"))) with
        {
            Root = "\uDC90",
            Skipped = [new Skipped(new Origin.File("\uDCF0"), "bad \uD800 reason")],
        };

        var reported = Read(result).Results.ShouldHaveSingleItem();

        reported.GetProperty<string[]>("refs").ShouldBe([@"refs/heads/\xFFx"]);
        reported.GetProperty<string[]>("decodedBy").ShouldBe([@"zip\x81"]);
    }

    [Fact]
    public void A_region_never_has_a_number_below_1()
    {
        var places = new[]
        {
            new Region(5, 0, 5, 0, -1, 0), new Region(0, 0, 0, 0, 0, 0), new Region(5, 3, 4, 2, 7, 9), new Region(5, 3, 6, 0, 7, 9), new Region(5, 3, 5, 3, 7, 9),
        }.Select((region, i) => Finding(Text($"file{i}") with { Region = region }));

        using var json = JsonDocument.Parse(Sarif(Result([.. places, Finding(Picture("picture.png"))])));

        foreach (var result in json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var region = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
            region.GetProperty("startLine").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
            foreach (var number in region.EnumerateObject().Where(property => property.Name.EndsWith("Column", StringComparison.Ordinal)))
            {
                number.Value.GetInt32().ShouldBeGreaterThanOrEqualTo(1);
            }

            region.TryGetProperty("endColumn", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_finding_in_history_names_commit_date_refs_and_removal()
    {
        var scanned = Result(Finding(Text("docs/old.md", kind: PlaceKind.History, exposure: Removed)));
        var result = Read(scanned).Results.ShouldHaveSingleItem();

        result.GetProperty("origin").ShouldBe("history");
        result.GetProperty("commit").ShouldBe(FirstCommit.ToString());
        Sarif(scanned).ShouldContain("\"commitDate\": \"2026-03-02T23:30:00-03:00\"");
        result.GetProperty<bool>("inHead").ShouldBeFalse();
        result.GetProperty<string[]>("refs").ShouldBe(["refs/heads/main"]);
        result.GetProperty("removedIn").ShouldBe(RemovingCommit.ToString());
        result.Message.Text.ShouldContain("only in history, since 2026-03-02 in commit 4f1c2d9, removed in a81b03e");
        result.Message.Text.ShouldContain("Do not rely on deleting the line");
    }

    [Fact]
    public void A_message_of_a_commit_has_a_place_though_it_has_no_path()
    {
        var place = new Place("", PlaceKind.CommitMessage, new Region(4, 1, 4, 39, 10, 38), Picture: null, [], Removed, 1);

        var result = Read(Result(Finding(place))).Results.ShouldHaveSingleItem();

        result.Locations[0].PhysicalLocation.ArtifactLocation.Uri.OriginalString.ShouldBe($"commit-message/{FirstCommit}");
        result.GetProperty("origin").ShouldBe("commit-message");
    }

    [Fact]
    public void A_picture_has_a_box_a_confidence_and_a_rectangle()
    {
        var result = Read(Result(Finding(Picture("assets/screen shot.png")))).Results.ShouldHaveSingleItem();

        result.GetProperty<int[]>("bbox").ShouldBe([120, 66, 412, 18]);
        result.GetProperty<double>("confidence").ShouldBe(0.8349);
        result.GetProperty<int>("candidates").ShouldBe(3);
        var attachment = result.Attachments.ShouldHaveSingleItem();
        attachment.ArtifactLocation.Uri.OriginalString.ShouldBe("assets/screen%20shot.png");
        var rectangle = attachment.Rectangles.ShouldHaveSingleItem();
        (rectangle.Left, rectangle.Top, rectangle.Right, rectangle.Bottom).ShouldBe((120, 66, 532, 84));
        result.Message.Text.ShouldContain("83 % confidence; 3 readings are plausible");
    }

    [Fact]
    public void Other_places_are_listed_to_a_hundred_and_counted_all()
    {
        var others = Enumerable.Range(0, 150).Select(i => Text($"copy{i:000}.txt", i + 1)).ToArray();

        var result = Read(Result(Finding(Text("a.txt"), others: others))).Results.ShouldHaveSingleItem();

        result.RelatedLocations.Count.ShouldBe(SarifResult.MaxRelatedLocations);
        result.RelatedLocations[99].PhysicalLocation.ArtifactLocation.Uri.OriginalString.ShouldBe("copy099.txt");
        result.GetProperty<int>("otherPlaces").ShouldBe(150);
    }

    [Fact]
    public void One_key_in_very_many_files_does_not_make_a_report_that_nobody_takes()
    {
        var others = Enumerable.Range(0, 100).Select(i => Text($"copy{i:000}.txt", i + 1)).ToArray();

        var report = Sarif(Result([.. Enumerable.Range(0, 10_000).Select(i => Finding(Text($"{i}.txt"), others: others))]));

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(report));
        }

        compressed.Length.ShouldBeLessThan(10_000_000);
        report.Split("\"relatedLocations\"").Length.ShouldBe(5_001);
    }

    [Fact]
    public void The_fingerprint_survives_moved_lines_and_tells_paths_and_keys_apart()
    {
        var results = Read(Result(
            Finding(Text("a.txt", 1)), Finding(Text("a.txt", 9)), Finding(Text("b.txt")), Finding(Text("a.txt"), Secret(2)))).Results;
        var prints = results.Select(result => result.PartialFingerprints.ShouldHaveSingleItem().Value).ToList();

        prints.Distinct().Count().ShouldBe(3);
        results.ShouldAllBe(result => !result.PartialFingerprints.ContainsKey("primaryLocationLineHash"));
    }

    [Fact]
    public void What_could_not_be_scanned_makes_the_run_unsuccessful_and_is_listed()
    {
        var result = Result() with
        {
            Root = "/home/ana/shop",
            Skipped =
            [
                new Skipped(new Origin.ArchiveMember(new Origin.File("a b.zip"), "in/x.7z", "zip"), "the archive is cut off"),
                new Skipped(new Origin.File("locked"), "Access to the path '/home/ana/shop/locked' is denied."),
                new Skipped(new Origin.GitObject("", FirstCommit, GitObjectKind.Blob), "the object is missing"),
            ],
        };

        var invocation = Read(result).Invocations.ShouldHaveSingleItem();

        invocation.ExecutionSuccessful.ShouldBeFalse();
        var notes = invocation.ToolExecutionNotifications;
        notes.Select(note => note.Message.Text).ShouldBe(
        [
            "Not scanned: a b.zip!/in/x.7z: the archive is cut off.",
            "Not scanned: locked: Access to the path 'locked' is denied.",
            $"Not scanned: blob {FirstCommit}: the object is missing.",
        ]);
        notes[0].Locations.ShouldHaveSingleItem().PhysicalLocation.ArtifactLocation.Uri.OriginalString.ShouldBe("a%20b.zip!/in/x.7z");
        notes[2].Locations.ShouldBeNull();
        notes.ShouldAllBe(note => note.Level == FailureLevel.Warning && note.Descriptor.Id == "not-scanned");
    }

    [Fact]
    public void An_interrupted_scan_is_unsuccessful()
    {
        var invocation = Read(Result() with { Interrupted = true }).Invocations.ShouldHaveSingleItem();

        invocation.ExecutionSuccessful.ShouldBeFalse();
        invocation.ToolExecutionNotifications.ShouldHaveSingleItem().Level.ShouldBe(FailureLevel.Error);
    }

    [Fact]
    public void Too_many_results_are_cut_by_severity_and_the_cut_is_told()
    {
        var note = KeyRule with { Id = "a-note", Severity = Severity.Note };
        var findings = Enumerable.Range(0, 30_000)
            .Select(i => Finding(Text($"{i:00000}.txt")) with { Rule = i < 20_000 ? note : KeyRule }).ToArray();

        var run = Read(Result(findings));

        run.Results.Count.ShouldBe(SarifReport.MaxResults);
        run.Results.Take(10_000).ShouldAllBe(result => result.Level == FailureLevel.Error);
        run.Results.Skip(10_000).ShouldAllBe(result => result.Level == FailureLevel.Note && result.RuleIndex == RuleSet.Default.Rules.Length);
        run.Invocations[0].ExecutionSuccessful.ShouldBeTrue();
        run.Invocations[0].ToolExecutionNotifications.ShouldHaveSingleItem().Message.Text.ShouldStartWith("30000 results were found");
    }

    [Fact]
    public void A_report_never_holds_the_key()
    {
        var named = Key(7);
        var suppressed = Key(8);
        var result = Everything() with
        {
            Findings =
            [
                .. Everything().Findings,
                Finding(Text($"backup/{named}.txt", kind: PlaceKind.FileName), new Secret(named, "atpay_")),
                Finding(Text($"backup/{named}.txt", exposure: Removed with { Refs = [$"refs/heads/{named}"] }), others: Text($"x/{named}")),
            ],
            Skipped = [new Skipped(new Origin.File($"{suppressed}.zip"), $"cannot read {suppressed}")],
        };

        var report = Sarif(result);

        foreach (var key in result.Findings.Select(finding => finding.Secret.Reveal()).Append(suppressed))
        {
            report.ShouldNotContain(key["atpay_".Length..][4..], Case.Sensitive);
        }

        report.ShouldContain($"backup/{named[..10]}%E2%80%A6.txt");
    }

    [Fact]
    public void The_same_findings_in_any_order_give_the_same_bytes()
    {
        var result = Everything();

        Sarif(result with { Findings = [.. result.Findings.Reverse()] }).ShouldBe(Sarif(result));
    }

    [Fact]
    public void A_path_cannot_forge_a_link_in_a_message()
    {
        var result = Read(Result(Finding(Text("[click](https://example.org)")))).Results.ShouldHaveSingleItem();

        result.Message.Text.ShouldNotContain("](");
    }

    [Theory]
    [InlineData(0, "full")]
    [InlineData(2, "history")]
    [InlineData(4, "range")]
    public void A_scan_of_a_part_has_a_category_of_its_own(int scope, string category) =>
        Read(Result() with { Scope = (ScanScope)scope }).AutomationDetails.Id.ShouldBe($"atomicpay-scanner/{category}/");

    private static Run Read(ScanResult result)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Sarif(result)));
        return SarifLog.Load(stream).Runs.ShouldHaveSingleItem();
    }

    private static ScanResult Everything()
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.Add(Finding(Text("config/.env"), Secret(1), Text("docs/old.md", 12, PlaceKind.History, Removed, "zip", "base64"), Picture("screen.png")));
        findings.Add(Finding(Text("docs/old.md", 12, PlaceKind.History, Removed, "zip", "base64"), Secret(1), Text("config/.env")));
        findings.Add(Finding(Picture("screen.png"), Secret(1)));
        foreach (var kind in Enum.GetValues<PlaceKind>())
        {
            findings.Add(Finding(Text($"kinds/{kind}", kind: kind, exposure: kind is PlaceKind.Worktree ? null : Removed), Secret(2)));
            findings.Add(Finding(Text("", kind: kind), Secret(2 + (int)kind)));
        }

        return Result([.. findings]) with
        {
            Skipped = [new Skipped(new Origin.File("broken.zip"), "the archive is cut off")],
            Interrupted = true,
        };
    }
}
