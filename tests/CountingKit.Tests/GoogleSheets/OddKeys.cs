using CountingKit.Adapters.GoogleSheets;
using CountingKit.Spreadsheets;

namespace CountingKit.Tests.GoogleSheets;

public sealed class OddKeys
{
    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"\udc00":"service_account"}""")]
    [InlineData("""{"type":null,"client_email":{}}""")]
    [InlineData("""{"type":"service_account","client_email":"a\ufffe@example.com"}""")]
    public void What_is_no_key_is_refused_as_such(string json)
    {
        var parse = () => ServiceAccountKey.Parse(json, new GoogleOptions());

        parse.Should().Throw<SpreadsheetException>().Which.Code.Should().Be("CK-GOOGLE-KEY-01");
    }
}
