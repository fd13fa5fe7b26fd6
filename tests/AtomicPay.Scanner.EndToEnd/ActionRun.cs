using System.Globalization;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>What a run of the action's scripts left behind.</summary>
internal sealed record ActionRun(IReadOnlyDictionary<string, string> Outputs, string Annotations, string Log, string Summary, string? Sarif)
{
    public int ExitCode => int.Parse(Outputs["exit-code"], CultureInfo.InvariantCulture);

    public bool Incomplete => bool.Parse(Outputs["incomplete"]);

    public int Findings => int.Parse(Outputs["findings"], CultureInfo.InvariantCulture);

    /// <summary>That the scan saw everything and found exactly these keys.</summary>
    public void ShouldFind(params string[] keys)
    {
        Incomplete.ShouldBeFalse(Log + Summary);
        Findings.ShouldBe(keys.Length, Summary);
        foreach (var key in keys)
        {
            Sarif.ShouldNotBeNull().ShouldContain(TestKey.Sha256(key));
        }

        ExitCode.ShouldBe(keys.Length == 0 ? 0 : 1, Log);
    }
}
