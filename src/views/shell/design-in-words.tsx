import { Fragment } from 'react';
import { settingInWords } from '../../designs/choice-words.ts';
import { type NamedDesign, settingsOf } from '../../designs/design-name.ts';

/** A design by its version, and each choice that was changed: in words, and by the name that the commands take. */
export function DesignInWords({ version, overrides }: NamedDesign) {
  return (
    <>
      <strong>{version}</strong>
      {settingsOf(overrides).map((setting) => (
        <Fragment key={setting}>
          , {settingInWords(setting)} (<code>{setting}</code>)
        </Fragment>
      ))}
    </>
  );
}
