/** Whether a Content-Type is JSON in UTF-8: the only thing that JSON may be written in. */
export function isJsonInUtf8(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true; // what nearly all send
  const [essence = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  if (essence.trim() !== "application/json") return false;
  return parameters.every((parameter) => {
    const [name = "", value = ""] = parameter.split("=");
    return name.trim() !== "charset" || /^(utf-?8|"utf-?8")$/.test(value.trim());
  });
}

/** Whether the client asks for server-sent events. */
export function acceptsEventStream(accept: string | undefined): boolean {
  return (accept ?? "")
    .toLowerCase()
    .split(",")
    .some((range) => /^\s*text\/event-stream\s*(;|$)/.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range));
}
