#!/usr/bin/env pwsh
# Starts the build: checks for the .NET SDK, restores Cake and runs build.cake with all arguments.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'

function Stop-Build([string]$problem) {
    [Console]::Error.WriteLine($problem)
    [Console]::Error.WriteLine("Install the SDK 10.0 from Microsoft's .NET download page, or the package dotnet-sdk-10.0 of your system.")
    exit 1
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-Build "The .NET 10 SDK is missing: there is no 'dotnet' on the PATH."
}

# global.json names the SDK; dotnet itself knows best whether one that fits is installed.
& dotnet --version *> $null
if ($LASTEXITCODE -ne 0) {
    Stop-Build "The .NET 10 SDK is missing: 'dotnet' is there, but no SDK that global.json accepts."
}

# Cake takes --help for itself; here it is a target.
$arguments = @($args | ForEach-Object { "$_" })
if ($arguments | Where-Object { $_ -in '-h', '-?', '--help' }) {
    $arguments = @('--target=Help')
}

$log = & dotnet tool restore 2>&1
if ($LASTEXITCODE -ne 0) {
    [Console]::Error.WriteLine(($log -join [Environment]::NewLine))
    [Console]::Error.WriteLine('The build tool Cake could not be restored.')
    exit 1
}

# Not on Cake's command line: Cake refuses some wrong options in its own words, and build.cake has clearer ones.
$env:TOROCOSMOS_BUILD_ARGUMENTS = -join ($arguments | ForEach-Object { "$_`n" })
try {
    & dotnet cake build.cake --no-report
    exit $LASTEXITCODE
}
finally {
    $env:TOROCOSMOS_BUILD_ARGUMENTS = $null
}
