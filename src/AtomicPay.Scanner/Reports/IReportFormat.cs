using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>A way to write down what a scan found. A new one is added to <see cref="ReportFormats"/>.</summary>
internal interface IReportFormat
{
    /// <summary>The name that <c>--report</c> takes.</summary>
    string Name { get; }

    /// <summary>What the format is for, in a few words: a line of the help.</summary>
    string Purpose { get; }

    /// <summary>Whether it shows pictures: making what can be shown of them takes time.</summary>
    bool ShowsPictures => false;

    /// <summary>Writes the whole report, also when nothing was found, and leaves the stream open.</summary>
    void Write(ScanResult result, ReportStyle style, Stream output);
}
