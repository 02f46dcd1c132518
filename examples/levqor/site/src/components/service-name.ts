const irregular: Readonly<Record<string, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  hubspot: "HubSpot",
  mailchimp: "Mailchimp",
  openai: "OpenAI",
  paypal: "PayPal",
  whatsapp: "WhatsApp",
  youtube: "YouTube",
  sms: "SMS",
};

/** The readable name of a service id: `google_sheets` → `Google Sheets`. */
export function serviceName(id: string): string {
  return irregular[id] ?? id.replace(/[_-]+/g, " ").replace(/\b\w/g, (letter) => letter.toUpperCase());
}
