// Before any page or layout: tokens.css names the layers of the cascade in their order. While developing, styles arrive with
// the modules that need them, and a page's may come before the layout's.
import '#lib/ui/tokens.css';
