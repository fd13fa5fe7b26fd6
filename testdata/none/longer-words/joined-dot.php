<?php $id = 'fl' . '{key}';
