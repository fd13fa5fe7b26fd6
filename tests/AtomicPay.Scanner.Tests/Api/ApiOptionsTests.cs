using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Tests.Api;

public sealed class ApiOptionsTests
{
    [Theory]
    [InlineData("https://api.atomicpay.com.br")]
    [InlineData("https://gateway.example/atomicpay/")]
    [InlineData("http://localhost:8787")]
    [InlineData("http://127.0.0.1:8787")]
    [InlineData("http://[::1]:8787")]
    public void A_key_goes_over_TLS_or_stays_on_this_machine(string address) =>
        new ApiOptions().With("url", address).Url.ShouldBe(new Uri(address));

    [Theory]
    [InlineData("url", "http://api.atomicpay.com.br")]
    [InlineData("url", "http://localhost.example.com")]
    [InlineData("url", "http://127.0.0.1.example.com")]
    [InlineData("url", "http://0.0.0.0")]
    [InlineData("url", "ftp://localhost")]
    [InlineData("url", "https://user:word@api.atomicpay.com.br")]
    [InlineData("url", "https://api.atomicpay.com.br/?q=1")]
    [InlineData("url", "api.atomicpay.com.br")]
    [InlineData("auth", "basic")]
    [InlineData("timeout", "0")]
    [InlineData("timeout", "-1")]
    [InlineData("timeout", "soon")]
    [InlineData("proxy", "proxy")]
    [InlineData("path", "/v1/products")]
    [InlineData("path", "verify=v1/products")]
    [InlineData("path", "verify=//evil.example/v1")]
    [InlineData("path", "verify=@evil.example/v1")]
    [InlineData("path", "verify=/v1/products?limit=1")]
    [InlineData("path", "verify=/v1\\products")]
    [InlineData("path", "cards.read=/v1/cards")]
    public void What_would_be_unsafe_or_is_not_understood_is_refused(string name, string value) =>
        Should.Throw<FormatException>(() => new ApiOptions().With(name, value));
}
