using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-file-").FullName;

    private string Target => Path.Combine(_folder, "report.sarif");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_appears_whole_in_its_place()
    {
        File.WriteAllText(Target, "the former report");

        ReportFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            File.ReadAllText(Target).ShouldBe("the former report");
        });

        File.ReadAllText(Target).ShouldBe("new");
        Directory.GetFiles(_folder).ShouldBe([Target]);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_former_report_as_it_was()
    {
        File.WriteAllText(Target, "the former report");

        Should.Throw<InvalidOperationException>(() => ReportFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        File.ReadAllText(Target).ShouldBe("the former report");
        Directory.GetFiles(_folder).ShouldBe([Target]);
    }

    [Fact]
    public void A_full_disk_is_told_in_a_sentence()
    {
        var failure = Should.Throw<ReportFileException>(() => ReportFile.Write(Target, _ => throw new IOException("No space left on device")));

        failure.Message.ShouldBe($"The report cannot be written to {Target}: No space left on device");
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_folder_is_told_before_the_scan()
    {
        var path = Path.Combine(_folder, "missing", "report.sarif");

        Should.Throw<ReportFileException>(() => ReportFile.Probe(path)).Message
            .ShouldBe($"The report cannot be written to {path}: its folder does not exist; make it first.");
    }

    [Fact]
    public void A_folder_is_no_place_for_a_report() =>
        Should.Throw<ReportFileException>(() => ReportFile.Probe(_folder)).Message.ShouldContain("that is a folder");

    [Fact]
    public void A_file_without_a_name_is_no_place_for_a_report() =>
        Should.Throw<ReportFileException>(() => ReportFile.Probe("")).Message.ShouldContain("sarif=report.sarif");

    [Fact]
    public void Asking_leaves_nothing_behind()
    {
        ReportFile.Probe(Target);

        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_stays_and_the_file_behind_it_is_replaced()
    {
        var link = Path.Combine(_folder, "link");
        File.WriteAllText(Target, "former");
        File.CreateSymbolicLink(link, Target);

        ReportFile.Write(link, stream => stream.Write("new"u8));

        File.ReadAllText(Target).ShouldBe("new");
        new FileInfo(link).LinkTarget.ShouldBe(Target);
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix devices");

        ReportFile.Write("/dev/null", stream => stream.Write("gone"u8));

        new FileInfo("/dev/null").Attributes.HasFlag(FileAttributes.Directory).ShouldBeFalse();
        File.ReadAllBytes("/dev/null").ShouldBeEmpty();
    }
}
