namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Where the files of the repository lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string TestProject { get; } = Path.Combine(Root, "tests", "AtomicPay.Scanner.Rules.Tests");

    public static string RulesProject { get; } = Path.Combine(Root, "src", "AtomicPay.Scanner.Rules");

    public static string TestData { get; } = Path.Combine(Root, "testdata");

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AtomicPay.Scanner.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
