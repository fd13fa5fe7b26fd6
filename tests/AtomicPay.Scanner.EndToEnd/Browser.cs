using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Chromium without a window, to read a page as a person would.</summary>
internal sealed class Browser : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Driver = "/usr/bin/chromedriver";

    private readonly ChromeDriverService _service;
    private readonly ChromeDriver _driver;

    public Browser()
    {
        Assert.SkipUnless(File.Exists(Chromium) && File.Exists(Driver), "needs Debian's chromium and chromium-driver");
        var options = new ChromeOptions { BinaryLocation = Chromium };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage");
        options.SetLoggingPreference(LogType.Browser, OpenQA.Selenium.LogLevel.All);
        _service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Driver), Path.GetFileName(Driver));
        _driver = new ChromeDriver(_service, options);
    }

    /// <summary>What the page wrote to the console: errors, and what its content security policy refused.</summary>
    public IEnumerable<string> Console => _driver.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message);

    public string Title => _driver.Title;

    public string Text => _driver.FindElement(By.TagName("body")).Text;

    public void Open(string file, int width, int height, bool dark)
    {
        _driver.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        _driver.ExecuteCdpCommand("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new object[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" } },
        });
        _driver.Navigate().GoToUrl(new Uri(file));
    }

    public T Evaluate<T>(string script) => (T)_driver.ExecuteScript(script)!;

    public object? EvaluateAsync(string script) => _driver.ExecuteAsyncScript(script);

    public void Dispose()
    {
        _driver.Dispose();
        _service.Dispose();
    }
}
