using System.Reflection;

namespace AtomicPay.Scanner.Reports;

/// <summary>The version that reports state.</summary>
internal static class ProductVersion
{
    /// <summary>Without the commit that a build appends: it would change a report though nothing in the tool changed.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
