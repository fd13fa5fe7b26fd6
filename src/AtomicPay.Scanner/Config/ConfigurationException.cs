using System.Globalization;

namespace AtomicPay.Scanner.Config;

/// <summary>Something in a file or variable that configures the scan is wrong; the message says where, and what to write instead.</summary>
internal sealed class ConfigurationException : Exception
{
    public ConfigurationException()
    {
    }

    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="file">The file's name, as the user knows it.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1, in characters.</param>
    /// <param name="sentence">What is wrong, and what to write instead.</param>
    public ConfigurationException(string file, int line, int column, string sentence)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}:{column}: {sentence}"))
    {
    }
}
