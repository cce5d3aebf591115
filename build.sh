#!/usr/bin/env bash
# Starts the build: checks for the .NET SDK, restores Cake and runs build.cake with all arguments.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing: there is no 'dotnet' on the PATH." >&2
    echo "Install the package dotnet-sdk-10.0 of your system, or the SDK 10.0 from Microsoft's .NET download page." >&2
    exit 1
fi

# global.json names the SDK; dotnet itself knows best whether one that fits is installed.
if ! sdk="$(dotnet --version 2>/dev/null)"; then
    echo "The .NET 10 SDK is missing: 'dotnet' is there, but no SDK that global.json accepts. Installed:" >&2
    dotnet --list-sdks 2>/dev/null | sed 's/^/    /' >&2 || true
    echo "Install the package dotnet-sdk-10.0 of your system, or the SDK 10.0 from Microsoft's .NET download page." >&2
    exit 1
fi

# Cake takes --help for itself; here it is a target.
for argument in "$@"; do
    case "$argument" in
        -h | -\? | --help) set -- --target=Help && break ;;
    esac
done

# Quick when everything is there already; says why when it fails.
if [ ! -d "${NUGET_PACKAGES:-$HOME/.nuget/packages}/cake.tool" ]; then
    echo "First run: fetching the build tool Cake (.NET SDK $sdk) ..."
fi
if ! log="$(dotnet tool restore 2>&1)"; then
    echo "$log" >&2
    echo "The build tool Cake could not be restored." >&2
    exit 1
fi

# Not on Cake's command line: Cake refuses some wrong options in its own words, and build.cake has clearer ones.
TOROCOSMOS_BUILD_ARGUMENTS=""
for argument in "$@"; do
    TOROCOSMOS_BUILD_ARGUMENTS+="$argument"$'\n'
done
export TOROCOSMOS_BUILD_ARGUMENTS

exec dotnet cake build.cake --no-report
